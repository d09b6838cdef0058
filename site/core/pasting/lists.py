"""Recognise items of lists: in Word they are paragraphs that a style marks as items, with the bullet or number in the
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.text.hidden_characters import without_hidden

from .pieces import Kind, Paragraph
from .styles import Styles

_WORD_LEVEL = re.compile(r"\blevel(\d)")
# 1. (1) a) iv. أ- ١. 2.1 — but not Word's bullets, one of which is the letter o.
_NUMBER = re.compile(r"\(?(?:[0-9٠-٩]+(?:\.[0-9٠-٩]+)*|[a-zA-Z]{1,6}(?=[.)-])|[ء-ي]{1,2}(?=[.)-]))[.)-]?")
_MARKS_OF_DIRECTION = re.compile("[\u200c-\u200f\u061c\xa0\\s]")


@dataclass
class Item:
    """An item that is being read; its later paragraphs are joined to the first."""

    level: int
    ordered: bool
    number: int | None = None
    paragraph: Paragraph | None = None

    def written(self) -> Paragraph:
        self.paragraph = Paragraph(Kind.ITEM, [], self.level, self.ordered, self.number)
        return self.paragraph


def is_mark(element: Any, styles: Styles) -> bool:
    """Return whether an element contains the bullet or number of a Word item."""
    return styles.of(element).get("mso-list", "").startswith("ignore")


def word_item(paragraph: Any, styles: Styles) -> Item | None:
    """Return a Word paragraph as an item, or None if it is not one."""
    level = _WORD_LEVEL.search(styles.of(paragraph).get("mso-list", ""))
    if not level:
        return None
    text = next((each.text_content() for each in paragraph.iterdescendants("span") if is_mark(each, styles)), "")
    mark = _MARKS_OF_DIRECTION.sub("", without_hidden(text))
    ordered = bool(_NUMBER.fullmatch(mark)) or "msolistnumber" in "".join(styles.classes(paragraph))
    return Item(max(0, int(level[1]) - 1), ordered, _value(mark.strip("().-")) if ordered else None)


def html_item(element: Any, depth: int) -> Item:
    """Return an <li> inside `depth` lists as an item. Word Online and Google Docs state its level in an attribute."""
    told = element.get("aria-level") or element.get("data-aria-level") or ""
    level = int(told) - 1 if told.isdecimal() and len(told) < 3 else depth - 1
    around = element.getparent()
    ordered = around is not None and around.tag == "ol"
    first = ordered and next(around.iterchildren("li")) is element
    return Item(max(0, level), ordered, _value(around.get("start") or "1") if first else None)


def _value(number: str) -> int | None:
    """Return the value of an item's number: 1 for a first letter or numeral, None for others and for 2.1."""
    return int(number) if number.isdecimal() and len(number) < 6 else 1 if number in ("a", "i", "A", "I", "أ") else None
