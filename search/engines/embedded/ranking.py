"""Work out how well documents match from the hits of terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .stores import Hits
from .terms import Word, Wording

STRONG = 0.75
RELAXED = 0.5
_WHOLE_IN_A_ROW = 1.2
_ALL_IN_TITLE = 1.3
_PHRASE_AS_TYPED = 1.5


class Match(NamedTuple):
    """A match; better ones compare as greater. `found`: how many of the `words` the document has."""

    strong: bool
    score: float
    found: int
    words: int

    def has(self, share: float) -> bool:
        return self.found >= needed(share, self.words)

    @property
    def is_whole(self) -> bool:
        return self.found == self.words


Matches = dict[int, Match]


def needed(share: float, words: int) -> int:
    """Return how many words are this share of them; half a word is rounded up."""
    return max(1, math.floor(share * words + 0.5))


def matches(wordings: Iterable[Wording], hits: Hits, *, phrases: bool = True) -> Matches:
    """Return the documents that have any of the words, each with the wording that it matches best. `phrases`: whether
    they must be found as such.
    """
    best: Matches = {}
    for wording in wordings:
        scores, counts = _scores(wording, hits, phrases)
        words = len(wording.words)
        enough = needed(STRONG, words)
        for document, score in scores.items():
            match = Match((found := counts[document]) >= enough, score * wording.worth, found, words)
            known = best.get(document)
            if known is None or match > known:
                best[document] = match
    return best


def well_matching(wordings: Iterable[Wording], hits: Hits) -> tuple[dict[str, set[int]], bool]:
    """Return the documents of each language that match well, regardless of scores, and whether any of them has all
    words of a wording.
    """
    strong: dict[str, set[int]] = {}
    whole = False
    for wording in wordings:
        counts: Counter[int] = Counter()
        for word in wording.words:
            counts.update({document for term, _ in word.readings for document in hits.get(term, ())})
        words = len(wording.words)
        enough = needed(STRONG, words)
        strong.setdefault(wording.language, set()).update(
            document for document, found in counts.items() if found >= enough
        )
        whole = whole or words in counts.values()
    return strong, whole


def _scores(wording: Wording, hits: Hits, phrases: bool) -> tuple[dict[int, float], dict[int, int]]:
    """Return, by document, the score of its words and how many there are."""
    scores: dict[int, float] = {}
    counts: dict[int, int] = {}
    for word in wording.words:
        for document, score in hits_of(word, hits).items():
            scores[document] = scores.get(document, 0.0) + score
            counts[document] = counts.get(document, 0) + 1
    if phrases:
        for stems, as_typed in wording.phrases:
            scores = {document: score for document, score in scores.items() if document in hits.get(stems, {})}
            _raise(scores, hits.get(as_typed, {}), _PHRASE_AS_TYPED)
    for term, factor in ((wording.whole, _WHOLE_IN_A_ROW), (wording.title, _ALL_IN_TITLE)):
        if term:
            _raise(scores, hits.get(term, {}), factor)
    return scores, counts


def hits_of(word: Word, hits: Hits) -> Mapping[int, float]:
    """Return the documents that have the word in any reading, each with its best score."""
    (first, _), *others = word.readings
    best = hits.get(first, {})
    if others:
        best = dict(best)
        for term, worth in others:
            for document, score in hits.get(term, {}).items():
                best[document] = max(best.get(document, 0.0), score * worth)
    return best


def _raise(scores: dict[int, float], documents: Iterable[int], factor: float) -> None:
    for document in documents:
        if document in scores:
            scores[document] *= factor
