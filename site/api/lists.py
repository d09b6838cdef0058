"""Lists of documents: filtered, ordered, counted, page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Max, Value
from django.http import HttpRequest, HttpResponse

from core.documents import Json
from publishing.documents import compact
from publishing.models import PublishedDocument

from . import cursors
from .facets import count_facets
from .items import item_text
from .ordering import after, ordered, position_of
from .parameters import check_values
from .query import ItemQuery
from .responses import address_of, etag_of, json_response, not_modified, page_links
from .rows import public_documents
from .schemas import ListParameters

# What of a document an item of a list, its place in the order and a feed are made from.
_READ = ("content_id", "locale", "seq", "updated_at", "published_at", "title")


@dataclass(frozen=True)
class ListPage:
    """A page of a list: `state` as of `list_state`, `following` the cursor of the next page."""

    query: ItemQuery
    state: dict[str, Any]
    rows: list[PublishedDocument]
    following: str | None
    facets: dict[str, Any]


def item_list(request: HttpRequest, parameters: ListParameters, content_type: str | None = None) -> HttpResponse:
    """A page of documents. Two queries, and one more for facets; one for a client whose copy is current."""
    query = ItemQuery.from_filters(parameters, content_type)
    state = list_state(query, with_facets=bool(parameters.facets))
    etag = etag_of("list", request.path, request.GET.urlencode(), *state.values())
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query)
    rows, following = page_of(query, parameters, cursors.query_digest(query, parameters.sort))
    facets = count_facets(query, parameters.facets) if parameters.facets else {}
    page = ListPage(query, state, rows, following, facets)
    return list_response(request, parameters, page, etag)


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
        "as_of_seq": page.state["seq"] or 0,
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


def list_state(query: ItemQuery, *, with_facets: bool) -> dict[str, Any]:
    """How many documents there are, and the last change among them: when these are the same, so is the list. With
    facets, which count documents outside the list too, also of all documents (`all`). One query.
    """
    counts = {"total": Count("pk"), "seq": Max("seq"), "updated": Max("updated_at")}
    if not with_facets:
        return query.rows().aggregate(**counts)
    parts = [
        rows.annotate(part=Value(name, output_field=CharField())).values("part").annotate(**counts)
        for name, rows in (("list", query.rows()), ("all", public_documents()))
    ]
    found: dict[str, dict[str, Any]] = {part["part"]: dict(part) for part in parts[0].union(parts[1], all=True)}
    return {"total": 0, "seq": None, "updated": None, **found.get("list", {}), "all": found.get("all")}


def page_of(query: ItemQuery, parameters: ListParameters, digest: str) -> tuple[list[PublishedDocument], str | None]:
    """The documents behind the cursor, and the cursor of what follows."""
    position = cursors.decode(parameters.cursor, digest) if parameters.cursor else None
    if parameters.limit == 0:
        return [], None
    found = query.rows().only(*_READ, parameters.view)
    if position:
        found = found.filter(after(position, parameters.sort))
    rows = list(ordered(found, parameters.sort)[: parameters.limit + 1])
    page = rows[: parameters.limit]
    more = len(rows) > parameters.limit
    return page, cursors.encode(position_of(page[-1], parameters.sort), digest) if more else None


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
