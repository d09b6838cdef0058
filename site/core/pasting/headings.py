"""Map levels of headings: a document has up to nine, a body two below the title of its page."""

from __future__ import annotations

from .pieces import Kind, Paragraph, Piece
from .report import Loss, Report

LONGEST_HEADING = 160  # as in core.blocks.heading
_SECTION, _PART = "2", "3"


def levels_of(pieces: list[Piece], report: Report) -> dict[int, str]:
    """Return the level in a body of each heading, by its id()."""
    headings = [each for each in pieces if isinstance(each, Paragraph) and each.kind in (Kind.HEADING, Kind.TITLE)]
    titles = [each for each in headings if each.kind is Kind.TITLE] or _title_of(pieces, headings)
    if titles:
        report.add(Loss.TITLE)
    others = [each for each in headings if not any(each is title for title in titles)]
    levels = sorted({each.level for each in others})
    if len(levels) > 2:
        report.add(Loss.LEVELS)
    # An excerpt with only one level keeps the meaning that this level had in its document.
    highest = levels[0] if len(levels) > 1 else 2
    return {id(each): _SECTION for each in titles} | {
        id(each): _SECTION if each.level <= highest else _PART for each in others
    }


def _title_of(pieces: list[Piece], headings: list[Paragraph]) -> list[Paragraph]:
    """Return the first heading if all others are below it and nothing precedes it."""
    if len(headings) < 2 or pieces[0] is not headings[0]:
        return []
    return headings[:1] if all(each.level > headings[0].level for each in headings[1:]) else []
