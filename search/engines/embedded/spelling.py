"""Words of the indexed texts that a reader may have meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import bare
from search.models import EmbeddedWord

_MOST_CORRECTIONS = 12


@dataclass(frozen=True)
class Correction:
    """A word of the texts, `distance` letters away."""

    word: str
    surface: str
    distance: int
    documents: int


def corrections(words: Collection[str], language: str) -> Mapping[str, list[Correction]]:
    """For each of these folded words what it may be meant to be, likeliest first: one letter changed, missing, too
    many or in the place of its neighbour from four letters on, two from eight; never the first. One query.
    """
    wanted = {word: bare(word) for word in words if edits(bare(word)) and not word.isdecimal()}
    if not wanted:
        return {}
    beginnings = reduce(or_, (Q(bare__startswith=first) for first in {spelt[0] for spelt in wanted.values()}))
    columns = ("word", "bare", "surface", "documents")
    known = list(EmbeddedWord.objects.filter(beginnings, language=language).values_list(*columns))
    return {word: _near(spelt, known) for word, spelt in wanted.items()}


def edits(word: str) -> int:
    """In how many letters a word may be wrong."""
    return (len(word) >= 4) + (len(word) >= 8)


def _near(spelt: str, known: list[tuple[str, str, str, int]]) -> list[Correction]:
    same_beginning = {number: row[1] for number, row in enumerate(known) if row[1][0] == spelt[0]}
    near = process.extract(spelt, same_beginning, scorer=OSA.distance, score_cutoff=edits(spelt), limit=None)
    found = [
        Correction(known[number][0], known[number][2], int(distance), known[number][3]) for _, distance, number in near
    ]
    found.sort(key=lambda correction: (correction.distance, -correction.documents, correction.word))
    return found[:_MOST_CORRECTIONS]
