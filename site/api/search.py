"""Full-text search: the service ranks and decides what is visible; this module builds a page of a list from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.content_types.builder import Json
from listing.counts import Totals
from listing.query import ItemQuery
from publishing.documents import compact
from search import service
from search.engines.base import EngineUnavailable
from search.query import SearchQuery, Sort, Window, plain
from search.results import Found
from search.service import Result

from . import cursors
from .facets import labelled_facets
from .lists import ListPage, list_response
from .parameters import check_values
from .problems import Culprit, Problem
from .query import query_of
from .responses import etag_of, not_modified
from .rows import Document
from .schemas import SearchParameters

_SORTS: dict[str, Sort] = {
    "relevance": "relevance",
    "-published_at": "newest",
    "published_at": "oldest",
    "-updated_at": "updated",
    "title": "title",
}
Place = list[str | float] | None


def search(request: HttpRequest, parameters: SearchParameters) -> HttpResponse:
    """Return a page of search results, by relevance or in one of the orders of lists."""
    query = query_of(parameters)
    check_values(query.choices)
    digest = cursors.query_digest("search", parameters.q, query, parameters.sort)
    places = cursors.decode(parameters.cursor, digest) if parameters.cursor else []
    page = _SearchPage(parameters, query, places)
    facets = labelled_facets(page.counts, parameters.facets, page.choices, query.locale) if parameters.facets else {}
    state = [(str(result.document.content_id), result.document.seq, result.hit.title) for result in page.results]
    meta = page.meta
    etag = etag_of("search", compact(parameters.model_dump(mode="json")), page.total, state, facets, meta)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    rows: list[Document] = [result.document for result in page.results]
    listed = ListPage(
        query,
        Totals(
            page.total,
            max((row.seq for row in rows), default=None),
            max((row.updated_at for row in rows), default=None),
            None,
        ),
        rows,
        cursors.encode(page.following, digest) if page.following else None,
        facets,
    )
    response = list_response(request, parameters, listed, etag, meta, {"highlights": _highlights(page.results)})
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


@contextmanager
def unavailable_as_problem() -> Iterator[None]:
    """Raise Problem if no engine answers, not even the embedded one, instead of returning an empty list."""
    try:
        yield
    except EngineUnavailable as error:
        culprit = Culprit("search-unavailable", "Ask again in a minute; everything else works.", parameter="q")
        raise Problem("search-unavailable", culprit.detail, [culprit], headers={"Retry-After": "60"}) from error


@dataclass(frozen=True)
class _SearchPage:
    """One page of the results in the requested language and, after or among them, of the contents that exist only in
    the fallback language. `places` says, for each language, where the previous page ended.
    """

    parameters: SearchParameters
    query: ItemQuery
    places: list[Place]

    @property
    def choices(self) -> dict[str, Any]:
        return dict(self.query.choices)

    @cached_property
    def _parts(self) -> list[service.SearchResults]:
        """Return the results in each language, starting from its place: one more than the page shows."""
        with unavailable_as_problem():
            return [
                service.search(query, self._window(number), (self.parameters.view,))
                for number, query in enumerate(self._queries())
            ]

    def _queries(self) -> Iterable[SearchQuery]:
        languages = dict.fromkeys(filter(None, (self.query.locale, self.query.fallback)))
        for language in languages:
            yield SearchQuery(
                plain(self.parameters.q),
                language,
                self.choices,
                self.query.span("published"),
                self.query.span("updated"),
                not_in="" if language == self.query.locale else self.query.locale,
                sort=_SORTS[self.parameters.sort],
            )

    def _window(self, number: int) -> Window:
        place = self.places[number] if number < len(self.places) else None
        size = self.parameters.limit + 1 if self.parameters.limit else 0
        return Window(size, after=tuple(place or ()))

    @cached_property
    def _merged(self) -> list[tuple[int, Result]]:
        """Return the results of all languages in the requested order, each with the index of its language."""
        parts = [[(number, result) for result in part.results] for number, part in enumerate(self._parts)]
        if self.parameters.sort == "relevance":
            return [pair for part in parts for pair in part]
        return list(merge(*parts, key=lambda pair: _order(pair[1], self.parameters.sort)))

    @property
    def results(self) -> list[Result]:
        return [result for _, result in self._merged[: self.parameters.limit]]

    @property
    def following(self) -> list[Place]:
        """Return where this page ends for each language; empty if nothing follows."""
        if not self.parameters.limit:
            return []
        shown, rest = self._merged[: self.parameters.limit], self._merged[self.parameters.limit :]
        places: list[Place] = []
        for number, part in enumerate(self._parts):
            ended: list[Place] = [list(result.hit.place) for owner, result in shown if owner == number]
            # If none of the results found are visible any more, the next page continues after them.
            hidden: list[Place] = [list(hit.place) for hit in part.found.hits] if not part.results else []
            earlier = self.places[number] if number < len(self.places) else None
            places.append((ended or hidden or [earlier])[-1])
        more = rest or any(len(part.found.hits) > self.parameters.limit for part in self._parts)
        return places if more else []

    @property
    def total(self) -> int:
        return sum(part.found.total for part in self._parts)

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        counts: dict[str, Counter[str]] = {}
        for part in self._parts:
            for facet, values in part.found.facets.items():
                counts.setdefault(facet, Counter()).update(values)
        return counts

    @cached_property
    def meta(self) -> Json:
        founds = [part.found for part in self._parts]
        leading: Found = next((found for found in founds if found.stage != "none"), founds[0])
        return {
            "strong": sum(found.strong for found in founds),
            "stage": leading.stage,
            "did_you_mean": leading.did_you_mean or None,
            "elsewhere": dict(founds[0].elsewhere),
            "degraded": any(found.degraded for found in founds),
        }


def _order(result: Result, sort: str) -> tuple[Any, ...]:
    document = result.document
    if sort == "-updated_at":
        return (-document.seq,)
    if sort == "title":
        return (document.title, str(document.content_id))
    moment = document.published_at.timestamp() if document.published_at else 0
    return (document.published_at is None, -moment if sort.startswith("-") else moment, str(document.content_id))


def _highlights(results: Iterable[Result]) -> list[Json]:
    return [
        {
            "content_id": str(result.document.content_id),
            "title": result.hit.title,
            "fragment": result.hit.fragment,
            "locale": result.hit.language or result.document.locale,
        }
        for result in results
    ]
