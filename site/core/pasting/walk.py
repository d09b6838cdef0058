"""Walk the tree of a clipboard and collect paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from .links import address_of
from .lists import Item, html_item, is_mark, word_item
from .notes import Notes
from .pieces import Kind, Paragraph, Piece
from .report import Loss, Report
from .styles import Look, Styles
from .tables import read_table, sole_cell
from .words import BREAK, Run, run_of, tidied

# Block-level elements. Cells occur here only outside a table.
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
})  # fmt: skip
_HEADING_CLASS = re.compile(r"msoheading(\d)")
_QUOTES = {"msoquote", "msoquotecxspfirst", "msoquotecxspmiddle", "msoquotecxsplast", "msointensequote"}


@dataclass(frozen=True)
class Place:
    """The kind of a paragraph that is found here."""

    kind: Kind = Kind.TEXT
    level: int = 0
    item: Item | None = None
    depth: int = 0


class Walker:
    """Reads one document. `pieces` collects its contents. A table in a cell of another is read as plain text."""

    def __init__(self, styles: Styles, notes: Notes, report: Report, in_cell: bool = False) -> None:
        self.styles, self.notes, self.report, self.in_cell = styles, notes, report, in_cell
        self.pieces: list[Piece] = []
        self._runs: list[Run] = []

    def pieces_of(self, element: Any, in_cell: bool = False) -> list[Piece]:
        """Return the pieces of an element, separately from the document being read."""
        inner = Walker(self.styles, self.notes, self.report, in_cell)
        inner.walk(element, Look(), Place())
        inner.flush(Place())
        return inner.pieces

    def walk(self, element: Any, look: Look, place: Place) -> None:
        self._text(element.text, look)
        for child in element:
            self._element(child, look, place)
            self._text(child.tail, look)

    def flush(self, place: Place) -> None:
        """End the paragraph that is being read."""
        runs, self._runs = tidied(self._runs), []
        if not runs:
            return
        if place.kind is not Kind.ITEM or place.item is None:
            self.pieces.append(Paragraph(place.kind, runs, place.level))
        elif place.item.paragraph is None:
            paragraph = place.item.written()
            paragraph.runs = runs
            self.pieces.append(paragraph)
        else:
            place.item.paragraph.runs += [Run(BREAK, Look()), *runs]

    def _text(self, text: str | None, look: Look) -> None:
        if text:
            run, lost = run_of(text, look)
            self._runs.append(run)
            if lost:
                self.report.add(Loss.SYMBOL)

    def _element(self, element: Any, look: Look, place: Place) -> None:
        if element in self.notes.numbers:
            self._runs.append(Run(str(self.notes.numbers[element]), Look(script="sup")))
        elif element.tag == "br":
            self._runs.append(Run(BREAK, look))
        elif element.tag == "img":
            if element.get("role") != "presentation":  # the checkbox of a task
                self.report.add(Loss.PICTURE)
        elif element.tag == "table" and not self.in_cell:
            self._table(element, look, place)
        elif element.tag in _BLOCKS or element.tag == "table":
            self._block(element, look, place)
        elif not (place.kind in (Kind.ITEM, Kind.TEXT) and is_mark(element, self.styles)):
            self.walk(element, self._look(element, look), place)

    def _block(self, element: Any, look: Look, place: Place) -> None:
        if element not in self.notes.held:
            self.flush(place)
            inner = self._place(element, place)
            self.walk(element, self.styles.look(element, look), inner)
            self.flush(inner)

    def _look(self, element: Any, look: Look) -> Look:
        look = self.styles.look(element, look)
        if element.tag == "a" and element.get("href"):
            address = address_of(element.get("href"))
            if not address and element.text_content().strip():
                self.report.add(Loss.LINK)
            look = replace(look, link=address)
        return look

    def _place(self, element: Any, place: Place) -> Place:
        """Return the kind of the paragraphs in a block-level element."""
        if element.tag in ("ul", "ol"):
            return replace(place, depth=place.depth + 1)
        if element.tag == "li":
            return replace(place, kind=Kind.ITEM, item=html_item(element, max(1, place.depth)))
        classes = self.styles.classes(element)
        style_name = (element.get("data-ccp-parastyle") or "").lower()
        level = _level_of(element, classes)
        if "msotitle" in classes or style_name == "title" or (level and "title" in classes):
            return Place(Kind.TITLE)
        if level:
            return Place(Kind.HEADING, level)
        if element.tag == "figcaption" or "msocaption" in classes or style_name == "caption":
            return Place(Kind.CAPTION)
        if element.tag == "blockquote" or classes & _QUOTES or style_name in ("quote", "intense quote"):
            return Place(Kind.QUOTE, depth=place.depth)
        item = word_item(element, self.styles) if element.tag == "p" else None
        return replace(place, kind=Kind.ITEM, item=item) if item else place

    def _table(self, element: Any, look: Look, place: Place) -> None:
        self.flush(place)
        cell = sole_cell(element)
        if cell is not None:  # a frame around text
            self.walk(cell, look, Place())
            self.flush(Place())
        elif table := read_table(element, self):
            self.pieces.append(table)


def _level_of(element: Any, classes: set[str]) -> int:
    """Return the level of a heading; 0 if the element is not one."""
    if re.fullmatch(r"h[1-6]", element.tag):
        return int(element.tag[1])
    told = element.get("aria-level") or ""
    if element.get("role") == "heading":
        return int(told) if told in tuple("123456789") else 2
    found = next(filter(None, map(_HEADING_CLASS.fullmatch, classes)), None)
    return int(found[1]) if found else 0
