"""Find the caption of a table, which word processors write as a paragraph before or after it."""

from __future__ import annotations

from .pieces import Kind, Paragraph, Piece, Table
from .words import plain_words


def captioned(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, with captions moved into their tables. A caption next to no table stays a paragraph."""
    taken: set[int] = set()
    for number, piece in enumerate(pieces):
        if isinstance(piece, Table) and not piece.caption:
            for place in (number - 1, number + 1):
                beside = pieces[place] if 0 <= place < len(pieces) else None
                if isinstance(beside, Paragraph) and beside.kind is Kind.CAPTION and place not in taken:
                    piece.caption = plain_words(beside.runs).replace("\n", " ")
                    taken.add(place)
                    break
    return [piece for number, piece in enumerate(pieces) if number not in taken]
