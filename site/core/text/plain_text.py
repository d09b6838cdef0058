"""Convert the site's own HTML to plain text: paragraphs, lists and headings stay apart, addresses follow their links,
quotes get the quotation marks of their language and their speaker, and key figures come before what they count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from django.conf import settings

from core.languages.declared import DECLARED
from core.text.superscripts import lowered, raised

_BLOCKS = {"p", "div", "h2", "h3", "ul", "ol", "blockquote", "figure", "figcaption", "dl", "table", "tr", "section"}
_LINES = {"br", "dt", "dd"}
_SCRIPTS: dict[str, Callable[[str], str]] = {"sup": raised, "sub": lowered}
_ANY_MARK = '«»“”„"\u202f '
# Placeholders for the quotation marks until the text between them is known.
_OPEN, _CLOSE = "\ue000", "\ue001"
_QUOTE = re.compile(f"{_OPEN}\\s*(.*?)\\s*{_CLOSE}", re.DOTALL)


def plain_text(html: str) -> str:
    """Return the text with no white space at the end of a line and one empty line between paragraphs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    opening, closing = DECLARED.get(reader.language, DECLARED[settings.LANGUAGE_CODE]).quotation_marks
    text = _QUOTE.sub(lambda quote: opening + _without_marks(quote[1]) + closing, "".join(reader.parts))
    text = re.sub(r"[ \t\xa0]*\n[ \t]*(— )?[ \t]*", r"\n\1", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_marks(quote: str) -> str:
    """Return a quote without the quotation marks that an editor typed around it."""
    typed = quote[:1] in '«“„"' and quote[-1:] in '»”"' and not set(quote[1:-1]) & set("«»“”")
    return quote.strip(_ANY_MARK) if typed else quote


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.addresses: list[str] = []
        # The number of the next item of each open list; None if the list is not numbered.
        self.lists: list[int | None] = []
        self.language = ""
        # Where the label of a key figure begins, and the label once it has been read.
        self.label_start = -1
        self.label = ""
        # How to write the superscript or subscript text that is being read.
        self.script: Callable[[str], str] = str
        self.in_key_figures = self.follows_quote = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.language = self.language or values.get("lang") or ""
        if tag == "figcaption" and self.follows_quote:
            self.parts.append("\n— ")
        elif tag in _BLOCKS:
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
            self.addresses.append(values.get("href") or "")
        self.script = _SCRIPTS.get(tag, self.script)
        self._begin_quote_or_figure(tag, values.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        self._end_quote_or_figure(tag)
        self.script = str if tag in _SCRIPTS else self.script
        if tag in _BLOCKS and not (tag == "blockquote" or (tag == "figcaption" and self.follows_quote)):
            self.parts.append("\n\n")
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "a" and self.addresses:
            address = self.addresses.pop().removeprefix("mailto:")
            if address and address not in self.parts[-1]:
                self.parts.append(f" <{address}>")
        elif tag == "figure":
            self.follows_quote = False

    def handle_data(self, data: str) -> None:
        self.parts.append(self.script(re.sub(r"\s+", " ", data)))

    def _begin_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        self.parts.append("\n- " if number is None else f"\n{number}. ")
        if number is not None:
            self.lists[-1] = number + 1

    def _begin_quote_or_figure(self, tag: str, classes: str) -> None:
        if tag == "blockquote":
            self.parts.append(_OPEN)
        elif tag == "dl":
            self.in_key_figures = "key-figures" in classes.split()
        elif tag == "dt" and self.in_key_figures:
            self.label_start = len(self.parts)

    def _end_quote_or_figure(self, tag: str) -> None:
        """End a quote or a key figure. A figure comes before its label, as on the page, whatever the HTML order."""
        if tag == "blockquote":
            self.parts.append(_CLOSE)
            self.follows_quote = True
        elif tag == "dl":
            self.in_key_figures = False
        elif tag == "dt" and self.in_key_figures:
            self.label = "".join(self.parts[self.label_start :]).strip()
            del self.parts[self.label_start :]
        elif tag == "dd" and self.in_key_figures:
            self.parts.append(f"\n{self.label}")
