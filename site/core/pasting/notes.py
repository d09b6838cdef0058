"""Find footnotes and endnotes: a reference and its note link to each other, whatever program wrote them.

Word: #_ftn1 and #_ftnref1; LibreOffice: #sdfootnote1sym and #sdfootnote1anc; Google Docs: #ftnt1 and #ftnt_ref1.
Google's comments work in the same way (#cmnt1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .report import Loss, Report

_NOTE_ADDRESS = re.compile(r"#_?(ftn|edn|sdfootnote|sdendnote)\w+", re.IGNORECASE)
_COMMENT_ADDRESS = re.compile(r"#cmnt\w+")
_BLOCKS = ("p", "div", "li", "dd", "aside")
_AROUND = ("div", "li", "aside")


@dataclass
class Notes:
    """References -> the number of their note; the elements that contain the notes, in the order of the references."""

    numbers: dict[Any, int] = field(default_factory=dict)
    bodies: list[Any] = field(default_factory=list)
    held: set[Any] = field(default_factory=set)

    def add(self, reference: Any, body: Any) -> None:
        self.bodies.append(body)
        self.held.add(body)
        self.numbers[reference] = len(self.bodies)


def take_notes(document: Any, report: Report) -> Notes:
    """Find the notes and remove the links back from them."""
    notes = Notes()
    links = [link for link in document.iter("a") if (link.get("href") or "").startswith("#")]
    targets = {name: link for link in reversed(links) for name in (link.get("name"), link.get("id")) if name}
    backs = {link: _way_back(link, targets) for link in links}
    paired = {link for link, back in backs.items() if back is not None}
    seen: set[Any] = set()
    for link in links:
        if link in seen:
            continue
        back = backs[link]
        body = _body_of(link, back, paired) if back is not None else None
        if body is None or body in notes.held:
            if _NOTE_ADDRESS.fullmatch(link.get("href")):
                report.add(Loss.NOTE_WITHOUT_TEXT)
            continue
        seen |= {link, back}
        if _COMMENT_ADDRESS.fullmatch(link.get("href")):
            report.add(Loss.COMMENT)
            link.clear(keep_tail=True)
            body.clear(keep_tail=True)
        else:
            back.clear(keep_tail=True)
            notes.add(link, body)
            report.add(Loss.NOTE)
    return notes


def _way_back(link: Any, targets: dict[str, Any]) -> Any:
    """Return the link that this one leads to and that leads back to it, if any."""
    other = targets.get(link.get("href")[1:])
    own = (link.get("name"), link.get("id"))
    return other if other is not None and other is not link and other.get("href")[1:] in own else None


def _body_of(link: Any, back: Any, paired: set[Any]) -> Any:
    """Return the element that contains the note that begins with this back link: its paragraph, or the element around
    several. None if that contains the reference too.
    """
    body = next((element for element in back.iterancestors() if element.tag in _BLOCKS), None)
    if body is None or any(element is body for element in link.iterancestors()):
        return None
    around = body.getparent()
    alone = around is not None and around.tag in _AROUND and around[0] is body and not (around.text or "").strip()
    return around if alone and sum(each in paired for each in around.iter("a")) == 1 else body
