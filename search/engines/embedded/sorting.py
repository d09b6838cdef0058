"""Sort what was found, and select the part that is wanted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.content_types.registry import types_that_age
from search.analysis import fold
from search.query import Sort, Window

from .stores import Entry

Key = tuple[str | float, ...]

_DAY = 86_400_000_000
# Today's news scores this much more than old news; half of that is gone after so many days.
_NEWS = 0.08
_NEWS_HALF_LIFE = 60


@dataclass(frozen=True)
class Candidate:
    """A document in the reader's language, and the one whose text matched: itself, or another language's version."""

    entry: Entry
    found: Entry
    strong: bool
    score: float


def recency(entry: Entry, now: int) -> float:
    """Return the factor by which the score of news is multiplied, at a moment in microseconds."""
    if entry.type not in types_that_age() or entry.published is None:
        return 1.0
    days = max((now - entry.published) // _DAY, 0)
    return 1.0 + _NEWS * float(0.5 ** (days / _NEWS_HALF_LIFE))


def ordered(candidates: list[Candidate], sort: Sort) -> list[tuple[Key, Candidate]]:
    """Return the candidates in order, each with its unique sort key."""
    key = _KEYS[sort]
    keyed = [((*key(candidate), candidate.entry.content), candidate) for candidate in candidates]
    return sorted(keyed, key=lambda pair: pair[0])


def part(ordered: Sequence[tuple[Key, Candidate]], window: Window) -> Sequence[tuple[Key, Candidate]]:
    start = window.offset
    if window.after:
        # Numbers may have become strings or integers on their way through a URL.
        start = bisect_right(ordered, tuple(window.after[1:]), key=lambda pair: pair[0])
    return ordered[start : start + window.size]


def _by_date(direction: int) -> Callable[[Candidate], Key]:
    def key(candidate: Candidate) -> Key:
        published = candidate.entry.published
        return (0, direction * published) if published is not None else (1, 0)

    return key


_KEYS: dict[Sort, Callable[[Candidate], Key]] = {
    "relevance": lambda candidate: (not candidate.strong, -round(candidate.score, 6)),
    "newest": _by_date(-1),
    "oldest": _by_date(1),
    "updated": lambda candidate: (-candidate.entry.seq,),
    "title": lambda candidate: (fold(candidate.entry.title, candidate.entry.language), candidate.entry.title),
}
