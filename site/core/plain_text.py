"""HTML of our own as plain text: paragraphs, lists and headings stay apart, addresses stand behind their links."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "h2", "h3", "ul", "ol", "blockquote", "figure", "figcaption", "dl", "table", "tr", "section"}
_LINES = {"br", "dt", "dd"}


def plain_text(html: str) -> str:
    """Text of which no line has white space at its end, with one empty line between paragraphs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = re.sub(r"[ \t\xa0]*\n[ \t]*", "\n", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.addresses: list[str] = []
        # The number of the next item of each list that is open; None where it is not numbered.
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "a":
            self.addresses.append(dict(attributes).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "a" and self.addresses:
            address = self.addresses.pop().removeprefix("mailto:")
            if address and address not in self.parts[-1]:
                self.parts.append(f" <{address}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))

    def _begin_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        self.parts.append("\n- " if number is None else f"\n{number}. ")
        if number is not None:
            self.lists[-1] = number + 1
