"""Read tables: rows of text of the same length, with what is known about their header and caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from .clipboard import ClipboardRefused
from .pieces import Paragraph, Piece, Table, words_of
from .report import Loss
from .words import all_bold

if TYPE_CHECKING:
    from .walk import Walker

MOST_CELLS = 20_000
_WIDEST_SPAN = 100


class _Cell:
    """One cell as it is read."""

    def __init__(self, element: Any, walker: Walker) -> None:
        pieces = walker.pieces_of(element, in_cell=True)
        self.text = words_of(pieces, walker.report)
        self.is_header = element.tag == "th"
        self.is_bold = bool(self.text) and _is_bold(pieces)
        self.columns, self.rows = _span(element, "colspan"), _span(element, "rowspan")


def sole_cell(table: Any) -> Any:
    """Return the only cell of a table, or None if it has more or none."""
    cells = [cell for row in _rows(table) for cell in _cells(row)]
    return cells[0] if len(cells) == 1 else None


def read_table(table: Any, walker: Walker) -> Table | None:
    """Return a table, or None if it contains no text. Raise ClipboardRefused if it is too large."""
    elements = list(_rows(table))
    read = [[_Cell(cell, walker) for cell in _cells(row)] for row in elements]
    if any(cell.columns > 1 or cell.rows > 1 for row in read for cell in row):
        walker.report.add(Loss.MERGED)
    grid = [row for row in _grid(read) if any(row)]
    if not grid:
        return None
    caption = next((walker.pieces_of(each, in_cell=True) for each in table if each.tag == "caption"), [])
    return Table(
        [[cell.text if cell else "" for cell in row] for row in grid],
        _has_header(grid, elements, walker),
        _has_first_column(grid),
        words_of(caption, walker.report).replace("\n", " "),
    )


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table itself, not of nested tables."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(element: Any, name: str) -> int:
    told = (element.get(name) or "").strip()
    return min(_WIDEST_SPAN, max(1, int(told))) if told.isdecimal() and len(told) < 6 else 1


def _grid(read: list[list[_Cell]]) -> list[list[_Cell | None]]:
    """Return the rows with each cell in the first of the places that it covers, and None in the others. Rows are padded
    to the same length.
    """
    places: dict[tuple[int, int], _Cell | None] = {}
    for row, cells in enumerate(read):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            rows = range(row, min(row + cell.rows, len(read)))
            covered = [(each, column + along) for each in rows for along in range(cell.columns)]
            places |= dict.fromkeys(covered) | {(row, column): cell}
            column += cell.columns
            if len(places) > MOST_CELLS:
                raise ClipboardRefused(_("A table is too large for a page: offer it as a file."))
    width = max((column for _row, column in places), default=-1) + 1
    if width * len(read) > MOST_CELLS:
        raise ClipboardRefused(_("A table is too large for a page: offer it as a file."))
    return [[places.get((row, column)) for column in range(width)] for row in range(len(read))]


def _has_header(grid: list[list[_Cell | None]], elements: list[Any], walker: Walker) -> bool:
    """Return whether the first row heads the columns. If the document does not say so, it is assumed and reported."""
    if len(grid) < 2:
        return False
    first, others = [cell for cell in grid[0] if cell], [cell for row in grid[1:] for cell in row if cell]
    if elements[0].getparent().tag == "thead" or (first and all(cell.is_header for cell in first)):
        return True
    if not (_stands_out(first) and not _stands_out(others)):
        walker.report.add(Loss.HEADER)
    return True


def _has_first_column(grid: list[list[_Cell | None]]) -> bool:
    """Return whether the first cell of every row below the first heads its row."""
    first = [row[0] for row in grid[1:] if row[0]]
    others = [cell for row in grid[1:] for cell in row[1:] if cell]
    marked = all(cell.is_header for cell in first) and not all(cell.is_header for cell in others)
    return bool(first and others) and (marked or (_stands_out(first) and not _stands_out(others)))


def _stands_out(cells: list[_Cell]) -> bool:
    said = [cell for cell in cells if cell.text]
    return bool(said) and all(cell.is_bold for cell in said)


def _is_bold(pieces: list[Piece]) -> bool:
    return all(isinstance(piece, Paragraph) and all_bold(piece.runs) for piece in pieces)
