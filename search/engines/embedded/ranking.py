"""From what terms hit to how well documents match."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .stores import Hits
from .wording import Word, Wording

STRONG = 0.75
RELAXED = 0.5
_WHOLE_IN_A_ROW = 1.2
_ALL_IN_TITLE = 1.3
_PHRASE_AS_TYPED = 1.5


@dataclass(frozen=True)
class Match:
    """`share`: of the words that the document has; 0 where a phrase is missing. `words`: how many there are."""

    share: float
    words: int
    score: float

    @property
    def strong(self) -> bool:
        return self.has(STRONG)

    def has(self, share: float) -> bool:
        """Whether the document has this share of the words, rounded to whole words, half a word upwards."""
        return round(self.share * self.words) >= max(1, math.floor(share * self.words + 0.5))


Matches = dict[int, Match]


def matches(wordings: Iterable[Wording], hits: Hits, *, phrases: bool = True) -> Matches:
    """The documents that have any of the words, each with the wording that it matches best. `phrases`: they must be
    found as such.
    """
    best: Matches = {}
    for wording in wordings:
        for document, match in _matches(wording, hits, phrases).items():
            known = best.get(document)
            if known is None or (match.strong, match.score) > (known.strong, known.score):
                best[document] = match
    return best


def _matches(wording: Wording, hits: Hits, phrases: bool) -> Matches:
    scores: dict[int, float] = {}
    counts: dict[int, int] = {}
    for word in wording.words:
        for document, score in hits_of(word, hits).items():
            scores[document] = scores.get(document, 0.0) + score
            counts[document] = counts.get(document, 0) + 1
    if phrases:
        for stems, as_typed in wording.phrases:
            scores = {document: score for document, score in scores.items() if document in hits[stems]}
            _raise(scores, hits[as_typed], _PHRASE_AS_TYPED)
    for term, factor in ((wording.whole, _WHOLE_IN_A_ROW), (wording.title, _ALL_IN_TITLE)):
        if term:
            _raise(scores, hits.get(term, {}), factor)
    total = len(wording.words)
    return {
        document: Match(counts[document] / total, total, score * wording.worth) for document, score in scores.items()
    }


def hits_of(word: Word, hits: Hits) -> dict[int, float]:
    """The documents that have the word in any reading, each with the best."""
    best: dict[int, float] = {}
    for term, worth in word.readings:
        for document, score in hits.get(term, {}).items():
            best[document] = max(best.get(document, 0.0), score * worth)
    return best


def _raise(scores: dict[int, float], documents: Iterable[int], factor: float) -> None:
    for document in documents:
        if document in scores:
            scores[document] *= factor
