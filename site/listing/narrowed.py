"""What narrows a list of contents, as the address says (?topic=…&country=…&year=…&language=…).

The language is one in which a content can be read too: who reads it with somebody else looks for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from core.countries import alphabetical
from core.languages import LANGUAGE_CODES, NATIVE_NAMES, reader_language

from .cards import Card, cards_of
from .choices import NONE, Choice
from .counts import Counts, totals, value_counts
from .labels import FacetLabels
from .parts import part_from
from .query import ItemQuery

NAMES = ("topic", "country", "year", "language")


@dataclass(frozen=True)
class Value:
    """A value that a list can be narrowed to, with how many contents have it beside what else is chosen."""

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
    """The contents of a list, newest first, for a paginator: as many as it asks for are read."""

    def __init__(self, query: ItemQuery | None) -> None:
        self._query = query

    def __len__(self) -> int:
        return totals(self._query).total if self._query else 0

    def __getitem__(self, part: slice) -> list[Card]:
        """`part` has a beginning and an end."""
        return cards_of(part_from(self._query, "newest", part.start, part.stop)) if self._query else []


class NarrowedList:
    """The contents of a type that the reader has asked for, and what else there is to ask for. What is counted is kept
    while nothing is published; then it takes one query for all of it.
    """

    def __init__(self, request: HttpRequest, content_type: str) -> None:
        self.chosen = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
        if self.chosen.get("language") == reader_language():
            # Chosen before the reader changed to that language: all of this list is in it.
            del self.chosen["language"]
        self._type = content_type

    @property
    def cards(self) -> ListedCards:
        """Those that are left."""
        return ListedCards(None if self._unknown else self._query(self.chosen))

    @cached_property
    def filters(self) -> list[Filter]:
        """Those that have something to choose from."""
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
        """The choice as the address says it, ready to be followed by the number of a page."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""

    def _query(self, chosen: Mapping[str, str]) -> ItemQuery:
        choices = {"type": self._type, **chosen}
        return ItemQuery(reader_language(), choices=tuple((name, Choice((value,))) for name, value in choices.items()))

    @cached_property
    def _all(self) -> Counts:
        """Of the list as it is when nothing is chosen."""
        return value_counts(self._query({}), NAMES)

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """The names of which a value is chosen that nothing has. Nobody makes the database look for those."""
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
