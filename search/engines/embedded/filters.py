"""Which documents a query's filters admit, and the facets of the documents it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from listing.choices import NONE, Choice, Span
from search.query import FACETS, SearchQuery

from .stores import Entry


def microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


@lru_cache(maxsize=1 << 12)
def _values(facets: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values in EmbeddedEntry.facets, by facet."""
    values: dict[str, tuple[str, ...]] = {}
    for line in facets.splitlines():
        name, _, value = line.partition("=")
        values[name] = (*values.get(name, ()), value)
    return values


class Conditions:
    """The filters of a query at a given moment."""

    def __init__(self, query: SearchQuery, now: datetime) -> None:
        self.query = query
        self.now = microseconds(now)
        self._choices: Mapping[str, Choice] = {name: choice for name, choice in query.filters.items() if choice}

    @property
    def are_empty(self) -> bool:
        query = self.query
        return not (self._choices or query.published or query.updated or query.not_in)

    def is_current(self, entry: Entry) -> bool:
        """Return whether the entry has not expired."""
        return entry.expires is None or entry.expires > self.now

    def admit(self, entry: Entry) -> bool:
        return self.is_current(entry) and self._admit_document(entry) and not self._refused(_values(entry.facets))

    def facets(self, entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
        """Count how many of the entries each value would leave, ignoring the facet's own choice."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for entry in entries:
            if not self._admit_document(entry):
                continue
            values = _values(entry.facets)
            refused = self._refused(values)
            for name in FACETS if not refused else refused if len(refused) == 1 else ():
                counts[name].update(values.get(name) or (NONE,))
        return {name: dict(counter) for name, counter in counts.items()}

    def _admit_document(self, entry: Entry) -> bool:
        query = self.query
        return (
            _within(entry.published, query.published)
            and _within(entry.updated, query.updated)
            and (not query.not_in or query.not_in not in entry.languages.split())
        )

    def _refused(self, values: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Return the facets whose choice does not admit the values."""
        return [name for name, choice in self._choices.items() if not _admits(choice, values.get(name, ()))]


def _admits(choice: Choice, values: tuple[str, ...]) -> bool:
    if not set(values).isdisjoint(choice.rejected):
        return False
    if not values:
        return choice.missing or not choice.wanted
    return not set(values).isdisjoint(choice.wanted) or not (choice.wanted or choice.missing)


def _within(moment: int | None, span: Span) -> bool:
    if not span:
        return True
    if moment is None:
        return False
    after_start = span.start is None or moment >= microseconds(span.start)
    return after_start and (span.end is None or moment < microseconds(span.end))
