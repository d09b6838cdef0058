"""Filters of a list of contents, read from the address (?topic=…&country=…&year=…&language=…).

The language is one in which a content also exists: people who read it together with someone else look for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from core.languages.declared import LANGUAGE_CODES, NATIVE_NAMES, reader_language
from core.places.countries import alphabetical

from .cards import Card, cards_of
from .choices import NONE, Choice
from .counts import Counts, totals, value_counts
from .labels import FacetLabels
from .parts import part_from
from .query import ItemQuery

NAMES = ("topic", "country", "year", "language")


@dataclass(frozen=True)
class Value:
    """A value that a list can be filtered by, with the number of contents that have it given the other filters."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    all_label: str
    values: list[Value]


class ListedCards:
    """The contents of a list, newest first, for a paginator; only the requested slice is read."""

    def __init__(self, query: ItemQuery | None) -> None:
        self._query = query

    def __len__(self) -> int:
        return totals(self._query).total if self._query else 0

    def __getitem__(self, part: slice) -> list[Card]:
        """Return the cards of a slice, which must have a start and a stop."""
        return cards_of(part_from(self._query, "newest", part.start, part.stop)) if self._query else []


class NarrowedList:
    """The contents of a type that match the reader's filters, and the filters still on offer. Counts are cached until
    something is published, and then take one query in all.
    """

    def __init__(self, request: HttpRequest, content_type: str) -> None:
        self.chosen = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
        if self.chosen.get("language") == reader_language():
            # Chosen before the reader switched to that language: the whole list is in it.
            del self.chosen["language"]
        self._type = content_type

    @property
    def cards(self) -> ListedCards:
        """Return the cards that match the filters."""
        return ListedCards(None if self._unknown else self._query(self.chosen))

    @cached_property
    def filters(self) -> list[Filter]:
        """Return the filters that have something to choose from."""
        labels = {
            "topic": (gettext("Topic"), gettext("All topics")),
            "country": (gettext("Country"), gettext("All countries")),
            "year": (gettext("Year"), gettext("All years")),
            "language": (gettext("Also in"), gettext("All languages")),
        }
        filters = [Filter(name, *labels[name], self._values(name)) for name in NAMES]
        return [filter_ for filter_ in filters if len(filter_.values) > 1 or filter_.name in self.chosen]

    @property
    def query(self) -> str:
        """Return the filters as a query string, ready to be followed by the page number."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""

    def _query(self, chosen: Mapping[str, str]) -> ItemQuery:
        choices = {"type": self._type, **chosen}
        return ItemQuery(reader_language(), choices=tuple((name, Choice((value,))) for name, value in choices.items()))

    @cached_property
    def _all(self) -> Counts:
        """Return the counts of the unfiltered list."""
        return value_counts(self._query({}), NAMES)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """Return the filters whose chosen value no document has. The database is not queried for those."""
        return frozenset(name for name, value in self.chosen.items() if value == NONE or value not in self._all[name])

    @cached_property
    def _counts(self) -> Counts:
        known = {name: value for name, value in self.chosen.items() if name not in self._unknown}
        return value_counts(self._query(known), NAMES) if known else self._all

    def _values(self, name: str) -> list[Value]:
        counts = self._counts[name] if self._unknown <= {name} else {}
        chosen = self.chosen.get(name)
        offered = set(self._all[name]) - {NONE} | ({chosen} if chosen else set())
        values = [Value(value, self._label(name, value), counts.get(value, 0), value == chosen) for value in offered]
        if name == "year":
            return sorted(values, key=lambda value: value.value, reverse=True)
        if name == "language":
            return sorted(values, key=lambda value: (*LANGUAGE_CODES, value.value).index(value.value))
        return sorted(values, key=lambda value: alphabetical(value.label))

    def _label(self, name: str, value: str) -> str:
        return NATIVE_NAMES.get(value, value) if name == "language" else self._labels.of(name, value)

    @cached_property
    def _labels(self) -> FacetLabels:
        return FacetLabels(reader_language(), self._all)
