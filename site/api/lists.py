"""Lists of documents: filtered, ordered, counted, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Max, Sum, Value
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from core.documents import Json
from publishing.documents import compact
from publishing.visible import public_documents

from . import cursors
from .csv_lists import CSV_MEDIA, csv_response
from .facets import count_facets
from .items import item_text
from .negotiation import preferred
from .ordering import after, ordered, position_of
from .parameters import check_values
from .prepared import PreparedQuery
from .query import ItemQuery
from .responses import address_of, etag_of, json_response, not_modified, page_links, with_headers
from .rows import NOW, Document
from .schemas import AllTypesParameters, ContentListParameters, ListParameters

# What of a document an item of a list, its place in the order and a feed are made from.
_READ = ("content_id", "locale", "seq", "updated_at", "published_at", "title")
_COUNTS = {"total": Count("pk"), "last_seq": Max("seq"), "updated": Max("updated_at"), "sum_of_seq": Sum("seq")}
# How many documents a list without pages asks for at a time.
_AT_ONCE = 100
# How many queries are kept prepared, of each kind: those that clients ask again and again.
_PREPARED = 256


@dataclass(frozen=True)
class ListPage:
    """A page of a list: `state` as of `list_state`, `following` the cursor of the next page."""

    query: ItemQuery
    state: dict[str, Any]
    rows: list[Document]
    following: str | None
    facets: dict[str, Any]


def item_list(
    request: HttpRequest, parameters: ContentListParameters, content_type: str | None = None
) -> HttpResponseBase:
    """A page of documents, as JSON or CSV. As JSON two queries, and one more for facets; one for a client whose copy is
    current.
    """
    as_csv = (parameters.format or preferred(request, "application/json", CSV_MEDIA)) in ("csv", CSV_MEDIA)
    query = ItemQuery.from_filters(parameters, content_type)
    response: HttpResponseBase
    if isinstance(parameters, AllTypesParameters) and parameters.ids:
        response = _batch(request, parameters, parameters.ids, query, as_csv=as_csv)
    else:
        response = (_csv_list if as_csv else _json_list)(request, parameters, query)
    patch_vary_headers(response, ["Accept"])
    return response


def _json_list(request: HttpRequest, parameters: ContentListParameters, query: ItemQuery) -> HttpResponse:
    state = list_state(query, with_facets=bool(parameters.facets))
    etag = etag_of("list", request.path, request.GET.urlencode(), *state.values())
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query.choices)
    rows, following = page_of(query, parameters, cursors.query_digest(query, parameters.sort))
    facets = count_facets(query, parameters.facets) if parameters.facets else {}
    page = ListPage(query, state, rows, following, facets)
    return list_response(request, parameters, page, etag)


def _csv_list(request: HttpRequest, parameters: ContentListParameters, query: ItemQuery) -> HttpResponseBase:
    """A page where `limit` says so; otherwise all that follows, a page at a time."""
    state = list_state(query, with_facets=False)
    etag = etag_of("csv", request.path, request.GET.urlencode(), *state.values())
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
    return with_headers(response, etag=etag, modified=state["updated"], links=links)


def list_response(
    request: HttpRequest,
    parameters: ListParameters,
    page: ListPage,
    etag: str,
    more_meta: Json | None = None,
    more: Json | None = None,
) -> HttpResponse:
    """`more_meta`, `more`: what this list says beyond what all lists say, in `meta` and beside it."""
    query, links = page.query, _links(request, page.following)
    meta = {
        "total": page.state["total"],
        "limit": parameters.limit,
        "as_of_seq": page.state["last_seq"] or 0,
        "next_cursor": page.following,
        **(more_meta or {}),
    }
    items = ",".join(_chosen(item_text(row, query.locale, parameters.view), parameters.fields) for row in page.rows)
    body = f'{{"meta":{compact(meta)},"links":{compact(links)},"items":[{items}],"facets":{compact(page.facets)}'
    body += "".join(f',"{name}":{compact(value)}' for name, value in (more or {}).items()) + "}"
    return json_response(
        body,
        etag=etag,
        modified=page.state["updated"],
        language=", ".join(dict.fromkeys(filter(None, (query.locale, query.fallback)))),
        links=page_links(links),
    )


def _batch(
    request: HttpRequest, parameters: AllTypesParameters, ids: str, query: ItemQuery, *, as_csv: bool
) -> HttpResponseBase:
    """The contents with these ids in their order; in the fallback language those that have only that. One query."""
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
    state = {"total": len(rows), "last_seq": max((row.seq for row in rows), default=None), "updated": modified}
    more_meta = {"limit": len(wanted), "missing": missing}
    return list_response(request, parameters, ListPage(query, state, rows, None, {}), etag, more_meta)


def list_state(query: ItemQuery, *, with_facets: bool) -> dict[str, Any]:
    """How many documents there are, the last change among them, and the sum of their `seq`, by which it shows that one
    in the fallback language has taken another's place: when these are the same, so is the list. With facets, which
    count documents outside the list too, also of all documents (`all`). One query.
    """
    parts = {part: counts for part, *counts in _state_query(query, with_facets).ask(now=timezone.now())}
    state = dict(zip(_COUNTS, parts["list"], strict=True))
    return {**state, "all": parts["all"]} if with_facets else state


@lru_cache(_PREPARED)
def _state_query(query: ItemQuery, with_facets: bool) -> PreparedQuery:
    wanted = {"list": query.rows(now=NOW)} | ({"all": public_documents(NOW)} if with_facets else {})
    first, *others = (
        rows.annotate(part=Value(part, output_field=CharField())).values("part").annotate(**_COUNTS)
        for part, rows in wanted.items()
    )
    return PreparedQuery(first.union(*others, all=True) if others else first, "part", *_COUNTS)


def page_of(query: ItemQuery, parameters: ListParameters, digest: str) -> tuple[list[Document], str | None]:
    """The documents behind the cursor, and the cursor of what follows."""
    position = cursors.decode(parameters.cursor, digest) if parameters.cursor else None
    if parameters.limit == 0:
        return [], None
    wanted = (query, parameters.sort, parameters.view, parameters.limit + 1)
    # What stands behind a cursor is hardly ever asked for twice.
    prepared = _page_query(*wanted, position) if position else _first_page(*wanted)
    rows = prepared.ask(now=timezone.now())
    page = rows[: parameters.limit]
    more = len(rows) > parameters.limit
    return page, cursors.encode(position_of(page[-1], parameters.sort), digest) if more else None


def _page_query(query: ItemQuery, sort: str, view: str, most: int, position: list[Any] | None = None) -> PreparedQuery:
    rows = query.rows(now=NOW)
    if position:
        rows = rows.filter(after(position, sort))
    return PreparedQuery(ordered(rows, sort)[:most], *_READ, view)


_first_page = lru_cache(_PREPARED)(_page_query)


def _links(request: HttpRequest, following: str | None) -> dict[str, str | None]:
    """The addresses of this page, the first and the next. What was asked in a body has no address but its own."""
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
