"""Parse the HTML of a clipboard into a tree of content only: no deleted or hidden text, comments or scripts."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree, html

from .report import Loss, Report
from .styles import Styles, style_sheet

LARGEST_CLIPBOARD = 5 * 1024 * 1024  # bytes
MOST_ELEMENTS = 30_000
_TOO_DEEP = "ERR_RESOURCE_LIMIT"
_NOTHING = b"<html><body></body></html>"

# Elements -> the loss that is reported for them; None for what an author never sees.
_LEFT_OUT: dict[str, Loss | None] = {
    **dict.fromkeys(("head", "script", "style", "title", "meta", "link", "base", "template", "noscript", "xml")),
    **dict.fromkeys(("input", "select", "textarea", "button", "datalist")),
    **dict.fromkeys(("iframe", "object", "embed", "applet", "frame", "video", "audio", "canvas"), Loss.EMBEDDED),
    **dict.fromkeys(("del",), Loss.DELETED),
    **dict.fromkeys(("s", "strike"), Loss.STRUCK),
    **dict.fromkeys(("math", "m:omath", "m:omathpara"), Loss.FORMULA),
    "svg": Loss.PICTURE,
}
# Word's comments: their anchor in the text, their text, the link back.
_COMMENT_CLASSES = {"msocommentreference", "msocomanchor", "msocomtxt", "msocomoff"}
_DELETED_CLASS = re.compile(r"msodel|.*deletion.*", re.DOTALL)
_CONTENTS_CLASS = re.compile(r"msotoc(\d|heading)")


class ClipboardRefused(Exception):
    """The clipboard cannot be read; the message is for the editor."""


def read_tree(source: str, report: Report) -> tuple[Any, Styles]:
    """Return the tree of what was copied and the styles of its elements. Raise ClipboardRefused."""
    data = source.replace("\0", "").encode("utf-8", "replace")
    if len(data) > LARGEST_CLIPBOARD:
        raise ClipboardRefused(_("This is too much at once: paste the document in parts."))
    # The parser's own limit of 256 levels stops deep nesting early, so that no walk through the tree overflows the
    # stack.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        document = html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments, or nothing at all
        document = html.document_fromstring(_NOTHING, parser=parser)
    if any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        raise ClipboardRefused(_("This is nested too deeply to be read: paste it in parts, or as plain text."))
    if sum(1 for _element in document.iter()) > MOST_ELEMENTS:
        raise ClipboardRefused(_("This is too much at once: paste the document in parts."))
    styles = Styles(style_sheet(document.iter("style")))
    _leave_out(document, styles, report)
    return document, styles


def _leave_out(document: Any, styles: Styles, report: Report) -> None:
    """Empty every element that is not content. The text after it stays."""
    waiting = [document]
    while waiting:
        element = waiting.pop()
        is_content, loss = _judge(element, styles)
        if is_content:
            waiting.extend(element)
            continue
        if loss and (loss in (Loss.EMBEDDED, Loss.PICTURE, Loss.FORMULA) or element.text_content().strip()):
            report.add(loss)
        element.clear(keep_tail=True)
        element.tag = "span"


def _judge(element: Any, styles: Styles) -> tuple[bool, Loss | None]:
    """Return whether an element is content, and the loss to report if it is not."""
    if element.tag in _LEFT_OUT:
        return False, _LEFT_OUT[element.tag]
    classes = styles.classes(element)
    style = styles.of(element)
    if any(map(_DELETED_CLASS.fullmatch, classes)):
        return False, Loss.DELETED
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        return False, Loss.STRUCK
    kind = style.get("mso-element", "")
    if kind.startswith("comment") or style.get("mso-special-character") == "comment" or classes & _COMMENT_CLASSES:
        return False, Loss.COMMENT
    if kind in ("header", "footer"):
        return False, None
    if any(map(_CONTENTS_CLASS.fullmatch, classes)):
        return False, Loss.CONTENTS
    hidden = style.get("display") == "none" or style.get("mso-hide") == "all" or style.get("visibility") == "hidden"
    return not (hidden or element.get("hidden") is not None), Loss.HIDDEN
