"""The pieces of a document in order, before they become blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from .report import Loss, Report
from .words import Run, plain_words


class Kind(Enum):
    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    QUOTE = auto()
    CAPTION = auto()
    ITEM = auto()


@dataclass
class Paragraph:
    """`level`: of a heading from 1, of an item from 0. `number`: the number of an item, if known."""

    kind: Kind
    runs: list[Run]
    level: int = 0
    ordered: bool = False
    number: int | None = None


@dataclass
class Table:
    """Rows of the same length. `caption` is empty if the document has none."""

    rows: list[list[str]]
    has_header: bool
    has_first_column: bool
    caption: str = ""


Piece = Paragraph | Table


def words_of(pieces: list[Piece], report: Report) -> str:
    """Return the text of pieces, a line for each, for a place that accepts only plain text."""
    lines = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            if any(run.look.link for run in piece.runs):
                report.add(Loss.LINK_IN_WORDS)
            lines.append(plain_words(piece.runs))
        else:
            lines += [" ".join(filter(None, row)) for row in piece.rows]
    return "\n".join(filter(None, lines))
