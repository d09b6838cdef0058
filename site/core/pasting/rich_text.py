"""Build lists of rich text from items that each know their level."""

from __future__ import annotations

from core.blocks.rich_text import DEEPEST_LIST

from .pieces import Paragraph
from .report import Loss, Report
from .words import rich_html


def list_html(items: list[Paragraph], report: Report) -> str:
    """Return nested lists, all of the kind of the outermost: Draft.js ends a list at a nested one of the other kind,
    and the items after it would be numbered from 1 again. An item is at most one level below the item before it.
    """
    html, open_lists = "", list[str]()
    for item in items:
        if item.level >= DEEPEST_LIST:
            report.add(Loss.DEEP_LIST)
        level = min(item.level, DEEPEST_LIST - 1, len(open_lists))
        tag = "ol" if item.ordered else "ul"
        if level and tag != open_lists[0]:
            report.add(Loss.MIXED_LIST)
            tag = open_lists[0]
        while len(open_lists) > level + 1 or (len(open_lists) == level + 1 and open_lists[-1] != tag):
            html += f"</li></{open_lists.pop()}>"
        if len(open_lists) == level + 1:
            html += "</li>"
        else:
            html += f"<{tag}>"
            open_lists.append(tag)
            if item.ordered and item.number not in (None, 1):
                report.add(Loss.NUMBERING)
        html += f"<li>{rich_html(item.runs)}"
    while open_lists:
        html += f"</li></{open_lists.pop()}>"
    return html
