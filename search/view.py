"""What the search page shows: everything that its templates need, ready to render."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext

from core.content_types.registry import day_of_card, identifier_keys, type_label
from core.places.countries import country_name
from listing.choices import NONE, Choice
from listing.labels import FacetLabels
from publishing.models import PublishedDocument
from search.vocabulary.memory import vocabulary

from .documents import identifier
from .engines.base import EngineUnavailable
from .parameters import LAST_PAGE, RESULTS_PER_PAGE, address_pairs
from .plan import identifiers_in
from .query import FACETS, SearchQuery, Window
from .service import Result, SearchResults, search

# How many values of a facet are offered, in addition to those that are chosen.
_VALUES = 10


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Elsewhere:
    """The results in another language: `count` items, at `address`."""

    language: str
    count: int
    address: str


class ShownCard:
    """A piece of content as its card describes it."""

    def __init__(self, document: PublishedDocument) -> None:
        card = json.loads(document.card)
        self.url: str = card["html_url"].removeprefix(settings.BASE_URL)
        self.type: str = type_label(card["type"], card["locale"])
        self.title: str = card["title"]
        self.fragment: str = card["summary_text"]
        self.countries = [country_name(country["code"], card["locale"]) for country in card["countries"]]
        day = day_of_card(card)
        self.date = date.fromisoformat(day) if day else None
        self.identifiers = {identifier(card.get(name) or "") for name in identifier_keys()}
        renditions = (card["lead_image"] or {}).get("renditions", [])
        self.picture = next((rendition for rendition in renditions if rendition["width"] == 480), None)


class ShownResult(ShownCard):
    """A result with the words that were found marked. `found_in`: the language of the text that was found, if it is not
    the reader's; then nothing is marked.
    """

    def __init__(self, result: Result, wanted: Collection[str] = ()) -> None:
        super().__init__(result.document)
        self.found_in = result.hit.language
        self.is_exact = not self.identifiers.isdisjoint(wanted)
        if not self.found_in:
            self.title = result.hit.title
            self.fragment = result.hit.fragment or self.fragment


class SearchView:
    """The search page for a query. `addresses`: those of the search page in each language. `page`: from 1 to LAST_PAGE;
    past the last page, the last one is shown.
    """

    def __init__(self, query: SearchQuery, page: int, addresses: Mapping[str, str]) -> None:
        self.query = query
        self.unavailable = False
        self._addresses = addresses
        self._answer = self._search(page)
        self.number = min(page, self.last)
        if self.number < page and self._answer.found.total:
            self._answer = self._search(self.number)
        found = self._answer.found
        self.total, self.strong, self.stage = found.total, found.strong, found.stage
        self.weak = max(found.total - found.strong, 0)
        self.degraded = found.degraded

    def _search(self, page: int) -> SearchResults:
        """Return a page of results or, if no engine answers, an empty one, and remember that search is unavailable."""
        try:
            return search(self.query, Window(RESULTS_PER_PAGE, (page - 1) * RESULTS_PER_PAGE), with_promoted=page == 1)
        except EngineUnavailable:
            self.unavailable = True
            return SearchResults(self.query)

    @property
    def last(self) -> int:
        return min(max(-(-self._answer.found.total // RESULTS_PER_PAGE), 1), LAST_PAGE)

    @cached_property
    def results(self) -> list[ShownResult]:
        wanted = identifiers_in(self.query.text)
        return [ShownResult(result, wanted) for result in self._answer.results]

    @cached_property
    def promoted(self) -> list[ShownCard]:
        return [ShownCard(document) for document in self._answer.promoted]

    @cached_property
    def facets(self) -> list[FacetGroup]:
        """The facets that have values, each with its most frequent values and those that are chosen."""
        counted = self._answer.found.facets
        values = {name: _offered(counted.get(name, {}), self.query.filters.get(name, Choice())) for name in FACETS}
        topics = vocabulary().topics.get(self.query.language, {})
        labels = FacetLabels(self.query.language, values, topics=topics, titles=self._answer.titles)
        names = _facet_names()
        return [
            FacetGroup(
                name,
                names[name],
                [
                    FacetValue(
                        value,
                        labels.of(name, value),
                        counted.get(name, {}).get(value, 0),
                        value in self.query.filters.get(name, Choice()).wanted,
                    )
                    for value in offered
                ],
            )
            for name, offered in values.items()
            if offered
        ]

    @cached_property
    def elsewhere(self) -> list[Elsewhere]:
        asked = urlencode({"q": self.query.text})
        return [
            Elsewhere(language, count, f"{self._addresses[language]}?{asked}")
            for language, count in self._answer.found.elsewhere.items()
            if count and language in self._addresses
        ]

    @property
    def did_you_mean(self) -> dict[str, str]:
        text = self._answer.found.did_you_mean
        return {"text": text, "address": _address(replace(self.query, text=text))} if text else {}

    @property
    def without_filters(self) -> str:
        """The address of the same search without any filter; empty if it has none."""
        return _address(replace(self.query, filters={})) if self.query.filters else ""

    @property
    def previous(self) -> str:
        return _address(self.query, self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return _address(self.query, self.number + 1) if self.number < self.last else ""


def _offered(counts: Mapping[str, int], choice: Choice) -> list[str]:
    ranked = sorted((value for value in counts if value != NONE), key=lambda value: (-counts[value], value))
    return ranked[:_VALUES] + [value for value in choice.wanted if value not in ranked[:_VALUES]]


def _address(query: SearchQuery, page: int = 1) -> str:
    return "?" + urlencode([*address_pairs(query), *([("page", str(page))] if page > 1 else [])])


def _facet_names() -> dict[str, str]:
    return {
        "type": gettext("Type"),
        "topic": gettext("Topic"),
        "country": gettext("Country"),
        "year": gettext("Year"),
        "programme": gettext("Programme"),
    }
