"""Convert the HTML of a clipboard to the blocks of a body, and to remarks for the editor (decision 23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, override

from core.blocks.table import assumed_caption, table_value

from .captions import captioned
from .clipboard import read_tree
from .headings import LONGEST_HEADING, levels_of
from .notes import take_notes
from .pieces import Kind, Paragraph, Piece, Table, words_of
from .report import Loss, Report
from .rich_text import list_html
from .styles import Look
from .walk import Place, Walker
from .words import Run, rich_html

Block = dict[str, Any]


@dataclass(frozen=True)
class Pasted:
    """`blocks`: {"type", "value"} in the stored form. `remarks`: sentences for the editor."""

    blocks: list[Block]
    remarks: list[str]


def read_clipboard(source: str, language: str) -> Pasted:
    """Return what was copied as the blocks of a page in `language`. Raise ClipboardRefused."""
    report = Report()
    pieces, notes = _pieces(source, report)
    blocks = _Blocks(report)
    blocks.add_all(pieces)
    blocks.add_notes(notes, language)
    return Pasted(blocks.blocks, report.sentences())


def read_as_text(source: str) -> Pasted:
    """Return what was copied as one block of rich text, or none, for a field that accepts only paragraphs and lists.
    Raise ClipboardRefused.
    """
    report = Report()
    pieces, notes = _pieces(source, report)
    if any(isinstance(each, Table) or each.kind in _MORE_THAN_TEXT for each in pieces):
        report.add(Loss.FLATTENED)
    flat = [paragraph for piece in pieces for paragraph in _flattened(piece)]
    blocks = _Blocks(report)
    blocks.add_all([*flat, *notes])
    return Pasted(blocks.blocks, report.sentences())


_MORE_THAN_TEXT = (Kind.HEADING, Kind.TITLE, Kind.QUOTE)


def _pieces(source: str, report: Report) -> tuple[list[Piece], list[Paragraph]]:
    """Return the pieces of a document, and its notes, each an item of a list."""
    document, styles = read_tree(source, report)
    notes = take_notes(document, report)
    walker = Walker(styles, notes, report)
    walker.walk(document, Look(), Place())
    walker.flush(Place())
    return captioned(walker.pieces), [_note(walker, body) for body in notes.bodies]


def _note(walker: Walker, body: Any) -> Paragraph:
    runs: list[Run] = []
    for piece in walker.pieces_of(body):
        said = piece.runs if isinstance(piece, Paragraph) else [Run(words_of([piece], walker.report), Look())]
        runs += [Run("\n", Look())] * bool(runs) + said
    return Paragraph(Kind.ITEM, runs, ordered=True)


def _flattened(piece: Piece) -> list[Paragraph]:
    if isinstance(piece, Table):
        rows = ([piece.caption] if piece.caption else []) + [" | ".join(row) for row in piece.rows]
        return [Paragraph(Kind.TEXT, [Run(row, Look())]) for row in rows]
    if piece.kind in (Kind.HEADING, Kind.TITLE):
        return [Paragraph(Kind.TEXT, _bold(piece.runs))]
    return [piece if piece.kind is Kind.ITEM else Paragraph(Kind.TEXT, piece.runs)]


def _bold(runs: list[Run]) -> list[Run]:
    return [Run(run.text, Look(bold=True, script=run.look.script, link=run.look.link)) for run in runs]


class _Blocks:
    """Turns pieces into blocks; consecutive pieces that fit into one block share it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.blocks: list[Block] = []
        self._waiting: list[Paragraph] = []
        # The heading above a table: its caption, if it has none (as in a bundle's Markdown).
        self._heading = ""

    def add_all(self, pieces: list[Piece]) -> None:
        levels = levels_of(pieces, self.report)
        for piece in pieces:
            if isinstance(piece, Table):
                self._add_table(piece)
            elif piece.kind in (Kind.HEADING, Kind.TITLE):
                self._add_heading(piece, levels[id(piece)])
            elif piece.kind is Kind.QUOTE:
                self._add_quote(piece)
            else:
                self._waiting.append(piece)
        self._end_text()

    def add_notes(self, notes: list[Paragraph], language: str) -> None:
        if notes:
            with override(language):
                self._add("heading", {"text": gettext("Notes"), "level": "2"})
            self._waiting = notes
            self._end_text()

    def _add(self, name: str, value: Any) -> None:
        self._end_text()
        self.blocks.append({"type": name, "value": value})

    def _end_text(self) -> None:
        """Turn the waiting paragraphs and lists into one block."""
        waiting, self._waiting = self._waiting, []
        html, items = "", list[Paragraph]()
        for paragraph in [*waiting, Paragraph(Kind.TEXT, [])]:
            if paragraph.kind is Kind.ITEM:
                items.append(paragraph)
                continue
            html, items = html + list_html(items, self.report), []
            html += f"<p>{rich_html(paragraph.runs)}</p>" if paragraph.runs else ""
        if html:
            self.blocks.append({"type": "rich_text", "value": html})

    def _add_heading(self, piece: Paragraph, level: str) -> None:
        text = words_of([piece], self.report).replace("\n", " ")
        if len(text) > LONGEST_HEADING:
            self.report.add(Loss.LONG_HEADING)
            self._waiting.append(Paragraph(Kind.TEXT, _bold(piece.runs)))
            return
        self._heading = text
        self._add("heading", {"text": text, "level": level})

    def _add_quote(self, piece: Paragraph) -> None:
        text = words_of([piece], self.report)
        last = self.blocks[-1] if self.blocks and not self._waiting else None
        if last and last["type"] == "quote":
            last["value"]["text"] += f"\n\n{text}"
        else:
            self._add("quote", {"text": text, "attribution": ""})

    def _add_table(self, table: Table) -> None:
        caption = table.caption
        if not caption:
            caption = assumed_caption(self._heading, table.rows[0] if table.has_header else [])
            self.report.add(Loss.CAPTION)
        self._add("table", table_value(table.rows, table.has_header, caption, table.has_first_column))
