"""Words of the indexed texts that a reader may have meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from search.analysis import bare, stems
from search.analysis.characters import is_arabic
from search.analysis.kinship import are_related, roots

from .models import EmbeddedWord

_MOST = 12


class Known(NamedTuple):
    """A row of the table of words."""

    word: str
    bare: str
    surface: str
    roots: str
    documents: int


@dataclass(frozen=True)
class Meant:
    """The words that may be meant by a word, likeliest first: `corrections`, each with the number of letters that
    differ, and `relatives`, which are of the same family.
    """

    corrections: tuple[tuple[Known, int], ...] = ()
    relatives: tuple[Known, ...] = ()


def meant(words: Collection[str], language: str) -> Mapping[str, Meant]:
    """Return, for each of these folded words, the words that may be meant by it, with one query.

    From four letters on, one letter may be changed, missing, superfluous or swapped with its neighbour; from eight on,
    two; never the first.
    """
    wanted = [word for word in words if not word.isdecimal() and (edits(bare(word)) or roots(word))]
    if not wanted:
        return {}
    conditions = [Q(bare__startswith=first) for first in {bare(word)[0] for word in wanted}]
    conditions += [Q(roots__contains=f" {root} ") for root in {root for word in wanted for root in roots(word)}]
    rows = EmbeddedWord.objects.filter(reduce(or_, conditions), language=language)
    known = [Known(*row) for row in rows.values_list(*Known._fields)]
    return {word: Meant(_near(bare(word), known), _related(word, language, known)) for word in wanted}


def edits(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    return (len(word) >= 4) + (len(word) >= 8)


def _near(spelt: str, known: list[Known]) -> tuple[tuple[Known, int], ...]:
    alike = {number: row.bare for number, row in enumerate(known) if row.bare[0] == spelt[0]}
    from rapidfuzz import process  # only a word that was typed wrongly needs it
    from rapidfuzz.distance import OSA

    near = process.extract(spelt, alike, scorer=OSA.distance, score_cutoff=edits(spelt), limit=None)
    found = [(known[number], int(distance)) for _, distance, number in near if distance]
    found.sort(key=lambda pair: (pair[1], -pair[0].documents, pair[0].word))
    return tuple(found[:_MOST])


def _related(word: str, language: str, known: list[Known]) -> tuple[Known, ...]:
    if is_arabic(word):
        own = set(roots(word))
        found = [row for row in known if not own.isdisjoint(row.roots.split())]
    else:
        stem = "".join(stems(word, language))
        found = [row for row in known if are_related(stem, "".join(stems(row.word, language)))]
    found.sort(key=lambda row: (-row.documents, row.word))
    return tuple(found[:_MOST])
