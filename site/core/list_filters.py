"""What narrows a list of contents, as the address says (?topic=…&country=…&year=…&language=…).

The language is one in which a content can be read too: who reads it with somebody else looks for both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext

from core.countries import alphabetical, country_name
from core.languages import LANGUAGE_CODES, NATIVE_NAMES, public_pages, reader_language

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

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


@dataclass(frozen=True)
class _Row:
    """A content of the list with the values that it has under each name."""

    number: int
    values: dict[str, frozenset[str]]

    def has(self, chosen: dict[str, str]) -> bool:
        return all(value in self.values[name] for name, value in chosen.items())


class NarrowedList:
    """The contents of a list that the reader has asked for. `pages`: all of them, of one model, in their order;
    `date_field`: of the model. Three queries however many there are.
    """

    def __init__(self, request: HttpRequest, pages: PageQuerySet, date_field: str) -> None:
        self.chosen = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
        if self.chosen.get("language") == reader_language():
            # Chosen before the reader changed to that language: all of this list is in it.
            del self.chosen["language"]
        self._pages = pages
        self._date_field = date_field

    @cached_property
    def numbers(self) -> list[int]:
        """The keys of the pages that are left."""
        return [row.number for row in self._rows if row.has(self.chosen)]

    def fetch(self, numbers: list[int]) -> list[Any]:
        """These pages, in this order."""
        found = self._pages.in_bulk(numbers)
        return [found[number] for number in numbers if number in found]

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

    def _values(self, name: str) -> list[Value]:
        others = {other: value for other, value in self.chosen.items() if other != name}
        counts = Counter(value for row in self._rows if row.has(others) for value in row.values[name])
        chosen = self.chosen.get(name)
        offered = {value for row in self._rows for value in row.values[name]} | ({chosen} if chosen else set())
        values = [Value(value, self._label(name, value), counts[value], value == chosen) for value in offered]
        if name == "year":
            return sorted(values, key=lambda value: value.value, reverse=True)
        if name == "language":
            return sorted(values, key=lambda value: (*LANGUAGE_CODES, value.value).index(value.value))
        return sorted(values, key=lambda value: alphabetical(value.label))

    def _label(self, name: str, value: str) -> str:
        if name == "topic":
            return self._topic_names.get(value, value)
        if name == "language":
            return NATIVE_NAMES.get(value, value)
        return country_name(value, reader_language()) if name == "country" else value

    @cached_property
    def _rows(self) -> list[_Row]:
        topics, languages = self._topics, self._languages
        rows = self._pages.values_list("pk", "translation_key", self._date_field, "countries")
        return [
            _Row(
                number,
                {
                    "topic": frozenset(topics.get(number, ())),
                    "country": frozenset(countries),
                    "year": frozenset({str(day.year)}),
                    "language": frozenset(languages.get(content, ())),
                },
            )
            for number, content, day, countries in rows
        ]

    @cached_property
    def _languages(self) -> dict[UUID, set[str]]:
        """The other languages in which each content can be read."""
        from wagtail.models import Page

        found: dict[UUID, set[str]] = {}
        contents = self._pages.order_by().values("translation_key")
        others = public_pages(Page.objects.filter(translation_key__in=contents, depth__gt=1))
        for content, language in others.values_list("translation_key", "locale__language_code"):
            if language != reader_language():
                found.setdefault(content, set()).add(language)
        return found

    @cached_property
    def _topics(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        names: dict[str, str] = {}
        label = f"topics__name_{reader_language()}"
        rows = self._pages.order_by().filter(topics__isnull=False)
        for number, code, name in rows.values_list("pk", "topics__slug", F(label)):
            found.setdefault(number, set()).add(code)
            names[code] = name
        self._topic_names = names
        return found

    _topic_names: dict[str, str] = {}
