"""Lists of documents: filtered, ordered, counted and paginated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from core.content_types.builder import Json
from listing.counts import Totals, totals
from listing.ordering import position_of
from listing.parts import documents_with, part_behind
from listing.query import ItemQuery
from listing.state import current_state
from publishing.documents import compact

from . import cursors
from .csv_lists import CSV_MEDIA, csv_response
from .facets import count_facets
from .items import item_text
from .negotiation import preferred
from .parameters import check_values
from .query import query_of
from .responses import address_of, etag_of, json_response, not_modified, page_links, with_headers
from .rows import Document
from .schemas import AllTypesParameters, ContentListParameters, ListParameters

# The columns that a list item, its position in the order and a feed are built from.
_READ = ("content_id", "locale", "seq", "updated_at", "published_at", "title")
# How many documents an unpaginated list reads at a time.
_AT_ONCE = 100


@dataclass(frozen=True)
class ListPage:
    """A page of a list: `following` is the cursor of the next page."""

    query: ItemQuery
    state: Totals
    rows: list[Document]
    following: str | None
    facets: dict[str, Any]


def item_list(
    request: HttpRequest, parameters: ContentListParameters, content_type: str | None = None
) -> HttpResponseBase:
    """Return a page of documents, as JSON or CSV. JSON takes two queries while nothing is published, or one for a
    client whose copy is current.
    """
    as_csv = (parameters.format or preferred(request, "application/json", CSV_MEDIA)) in ("csv", CSV_MEDIA)
    query = query_of(parameters, content_type)
    response: HttpResponseBase
    if isinstance(parameters, AllTypesParameters) and parameters.ids:
        response = _batch(request, parameters, parameters.ids, query, as_csv=as_csv)
    else:
        response = (_csv_list if as_csv else _json_list)(request, parameters, query)
    patch_vary_headers(response, ["Accept"])
    return response


def _json_list(request: HttpRequest, parameters: ContentListParameters, query: ItemQuery) -> HttpResponse:
    state = totals(query)
    # Facets also count documents outside the list.
    everything = current_state() if parameters.facets else None
    etag = etag_of("list", request.path, request.GET.urlencode(), *state, everything)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query.choices)
    rows, following = page_of(query, parameters, cursors.query_digest(query, parameters.sort))
    facets = count_facets(query, parameters.facets) if parameters.facets else {}
    page = ListPage(query, state, rows, following, facets)
    return list_response(request, parameters, page, etag)


def _csv_list(request: HttpRequest, parameters: ContentListParameters, query: ItemQuery) -> HttpResponseBase:
    """Return one page if `limit` is given, otherwise everything from the cursor on, read page by page."""
    state = totals(query)
    etag = etag_of("csv", request.path, request.GET.urlencode(), *state)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query.choices)
    digest = cursors.query_digest(query, parameters.sort)
    is_page = "limit" in parameters.model_fields_set
    wanted = parameters if is_page else parameters.model_copy(update={"limit": _AT_ONCE})
    rows, following = page_of(query, wanted, digest)

    def pages() -> Iterator[list[Document]]:
        part, cursor = rows, following
        yield part
        while cursor and not is_page:
            part, cursor = page_of(query, wanted.model_copy(update={"cursor": cursor}), digest)
            yield part

    response = csv_response(chain.from_iterable(pages()), parameters, request.path.rpartition("/")[2])
    links = page_links(_links(request, following if is_page else None))
    return with_headers(response, etag=etag, modified=state.updated, links=links)


def list_response(
    request: HttpRequest,
    parameters: ListParameters,
    page: ListPage,
    etag: str,
    more_meta: Json | None = None,
    more: Json | None = None,
) -> HttpResponse:
    """Return a page of a list. `more_meta` is added to `meta`, and `more` at the top level."""
    query, links = page.query, _links(request, page.following)
    meta = {
        "total": page.state.total,
        "limit": parameters.limit,
        "as_of_seq": page.state.last_seq or 0,
        "next_cursor": page.following,
        **(more_meta or {}),
    }
    items = ",".join(_chosen(item_text(row, query.locale, parameters.view), parameters.fields) for row in page.rows)
    body = f'{{"meta":{compact(meta)},"links":{compact(links)},"items":[{items}],"facets":{compact(page.facets)}'
    body += "".join(f',"{name}":{compact(value)}' for name, value in (more or {}).items()) + "}"
    return json_response(
        body,
        etag=etag,
        modified=page.state.updated,
        language=", ".join(dict.fromkeys(filter(None, (query.locale, query.fallback)))),
        links=page_links(links),
    )


def _batch(
    request: HttpRequest, parameters: AllTypesParameters, ids: str, query: ItemQuery, *, as_csv: bool
) -> HttpResponseBase:
    """Return the contents with these ids, in their order; in the fallback language if they only have that. One
    query.
    """
    wanted = list(dict.fromkeys(ids.lower().split(",")))
    found = {str(row.content_id): row for row in query.rows().filter(content_id__in=wanted)}
    rows: list[Document] = [found[content_id] for content_id in wanted if content_id in found]
    missing = [content_id for content_id in wanted if content_id not in found]
    etag = etag_of("batch", as_csv, request.GET.urlencode(), [(row.seq, row.digest) for row in rows])
    modified = max((row.updated_at for row in rows), default=None)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    if as_csv:
        return with_headers(csv_response(rows, parameters, "items"), etag=etag, modified=modified)
    state = Totals(len(rows), max((row.seq for row in rows), default=None), modified, None)
    more_meta = {"limit": len(wanted), "missing": missing}
    return list_response(request, parameters, ListPage(query, state, rows, None, {}), etag, more_meta)


def page_of(query: ItemQuery, parameters: ListParameters, digest: str) -> tuple[list[Document], str | None]:
    """Return the documents after the cursor, and the cursor of the next page."""
    position = tuple(cursors.decode(parameters.cursor, digest)) if parameters.cursor else ()
    if parameters.limit == 0:
        return [], None
    numbers = part_behind(query, parameters.sort, position, parameters.limit + 1)
    rows = documents_with(numbers, *_READ, parameters.view)
    page = rows[: parameters.limit]
    more = len(rows) > parameters.limit
    return page, cursors.encode([*position_of(page[-1], parameters.sort)], digest) if more else None


def _links(request: HttpRequest, following: str | None) -> dict[str, str | None]:
    """Return the addresses of this page, the first and the next. A query sent in a body only has the address itself."""
    if request.method == "POST":
        here = address_of(request)
        return {"self": here, "first": here, "next": None}
    pairs = [(name, value) for name, values in request.GET.lists() if name != "cursor" for value in values]
    base = address_of(request).partition("?")[0]
    first = f"{base}?{urlencode(pairs)}" if pairs else base
    after_this = f"{base}?{urlencode([*pairs, ('cursor', following)])}" if following else None
    return {"self": address_of(request), "first": first, "next": after_this}


def _chosen(text: str, fields: str | None) -> str:
    if not fields:
        return text
    wanted = set(fields.split(","))
    return compact({name: value for name, value in json.loads(text).items() if name in wanted})
