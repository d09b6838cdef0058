"""Full-text search: the search engine ranks, the published documents say what may be seen of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from publishing.documents import compact
from publishing.models import PublishedDocument
from search.service import SearchUnavailable, ranked_contents

from . import cursors
from .facets import count_facets
from .lists import ListPage, list_response, page_of
from .parameters import check_values
from .problems import Culprit, Problem
from .query import ItemQuery
from .responses import etag_of, not_modified
from .schemas import SearchParameters

_STATE = ("content_id", "seq", "updated_at")


def search(request: HttpRequest, parameters: SearchParameters) -> HttpResponse:
    """A page of what was found: by relevance, or in one of the orders of lists."""
    ranking = _ranking(parameters)
    query = ItemQuery.from_filters(parameters, ids=tuple(ranking))
    visible = {content: (seq, updated) for content, seq, updated in query.rows().values_list(*_STATE)}
    state = {
        "total": len(visible),
        "seq": max((seq for seq, _ in visible.values()), default=None),
        "updated": max((updated for _, updated in visible.values()), default=None),
    }
    ids = [content for content in ranking if content in visible]
    facets = count_facets(query, parameters.facets) if parameters.facets else {}
    etag = etag_of("search", compact(parameters.model_dump(mode="json")), state["seq"], ids, facets)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query)
    digest = cursors.query_digest("search", parameters.q, query.locale, query.fallback, query.choices, parameters.sort)
    if parameters.sort == "relevance":
        rows, following = _by_relevance(query, parameters, ids, digest)
    else:
        rows, following = page_of(query, parameters, digest)
    response = list_response(request, parameters, ListPage(query, state, rows, following, facets), etag)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _ranking(parameters: SearchParameters) -> list[UUID]:
    """The contents that hold the words, best match first. Raises Problem where the engine does not answer."""
    languages = list(dict.fromkeys(filter(None, (parameters.locale, parameters.fallback))))
    try:
        found = [content for language in languages for content in ranked_contents(parameters.q, language)]
    except SearchUnavailable as error:
        culprit = Culprit("search-unavailable", "Ask again in a minute; everything else works.", parameter="q")
        raise Problem("search-unavailable", culprit.detail, [culprit], headers={"Retry-After": "60"}) from error
    return list(dict.fromkeys(found))


def _by_relevance(
    query: ItemQuery, parameters: SearchParameters, ids: list[UUID], digest: str
) -> tuple[list[PublishedDocument], str | None]:
    """The page behind the cursor. A cursor names the last content shown and its place: where the ranking has changed
    since, the page begins behind that content, or, when it is gone, at that place.
    """
    position = cursors.decode(parameters.cursor, digest) if parameters.cursor else None
    if parameters.limit == 0:
        return [], None
    start = _start(position, ids) if position else 0
    shown = ids[start : start + parameters.limit]
    rows = {row.content_id: row for row in query.rows().filter(content_id__in=shown)}
    page = [rows[content] for content in shown if content in rows]
    more = start + parameters.limit < len(ids)
    following = cursors.encode([str(shown[-1]), start + len(shown)], digest) if more else None
    return page, following


def _start(position: list[Any], ids: list[UUID]) -> int:
    last = UUID(position[0])
    return ids.index(last) + 1 if last in ids else int(position[1])
