"""Lists and single documents, from the published documents alone: text that is stored is text that is sent."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse

from core.documents import api_url, timestamp
from publishing.documents import compact
from publishing.models import PublishedDocument

from . import cursors
from .facets import count_facets
from .problems import Culprit, Problem
from .query import SORTS, ItemQuery
from .responses import etag_of, json_response, not_modified
from .schemas import ItemParameters, ListParameters


def item_text(row: PublishedDocument, requested: str, view: str = "full") -> str:
    """The JSON of a document: what is stored, with what belongs to this request and this state before it."""
    head = {
        "requested_locale": requested,
        "is_fallback": requested != row.locale,
        "seq": row.seq,
        "updated_at": timestamp(row.updated_at),
    }
    stored = row.full if view == "full" else row.card
    return compact(head)[:-1] + "," + stored[1:]


def one_item(request: HttpRequest, content_id: UUID, parameters: ItemParameters) -> HttpResponse:
    """One content in one language, or, where the client opted in, in the fallback language."""
    rows = {row.locale: row for row in PublishedDocument.objects.filter(content_id=content_id, removal="")}
    row = rows.get(parameters.locale) or rows.get(parameters.fallback or "")
    if row is None:
        raise _missing(rows, parameters)
    etag = etag_of("item", row.digest, row.seq, parameters.locale)
    alternates = {code: api_url(content_id, code) for code in rows if code != row.locale}
    links = {"self": request.build_absolute_uri(), "canonical": json.loads(row.card)["html_url"]}
    response = not_modified(request, etag, row.updated_at) or json_response(
        item_text(row, parameters.locale), etag=etag, modified=row.updated_at, language=row.locale, links=links
    )
    if response.status_code == 200 and alternates:
        shown = [f'<{address}>; rel="alternate"; hreflang="{code}"' for code, address in alternates.items()]
        response["Link"] = ", ".join([response["Link"], *shown])
    return response


def _missing(rows: dict[str, PublishedDocument], parameters: ItemParameters) -> Problem:
    if not rows:
        return Problem("not-found", "No public content has this id.")
    available = sorted(rows)
    detail = f"This content exists in: {', '.join(available)}. Ask for one of these, or name one as fallback."
    culprit = Culprit("translation-missing", detail, parameter="locale")
    return Problem("translation-missing", detail, [culprit], {"available_locales": available})


def translations(request: HttpRequest, content_id: UUID) -> HttpResponse:
    """One content in every language that it has."""
    rows = sorted(PublishedDocument.objects.filter(content_id=content_id, removal=""), key=lambda row: row.locale)
    if not rows:
        raise Problem("not-found", "No public content has this id.")
    modified = max(row.updated_at for row in rows)
    etag = etag_of("translations", *((row.digest, row.seq) for row in rows))
    return not_modified(request, etag, modified) or json_response(
        '{"items":[' + ",".join(item_text(row, row.locale) for row in rows) + "]}", etag=etag, modified=modified
    )


def item_list(request: HttpRequest, parameters: ListParameters, query: ItemQuery) -> HttpResponse:
    """A page of documents. Two queries, and one more for facets; one for a client whose copy is current."""
    state = query.rows().aggregate(total=Count("pk"), seq=Max("seq"), updated=Max("updated_at"))
    etag = etag_of("list", request.GET.urlencode(), query, state["total"], state["seq"])
    unchanged = not_modified(request, etag, state["updated"])
    if unchanged:
        return unchanged
    digest = cursors.query_digest(query, parameters.sort)
    rows = _page(query, parameters, digest)
    more = len(rows) > parameters.limit
    rows = rows[: parameters.limit]
    following = cursors.encode(_position(rows[-1], parameters.sort), digest) if more and rows else None
    links = _links(request, following)
    meta = {"total": state["total"], "limit": parameters.limit, "as_of_seq": state["seq"] or 0}
    facets = count_facets(query, parameters.facets) if parameters.facets else {}
    items = ",".join(_chosen(item_text(row, query.locale, parameters.view), parameters.fields) for row in rows)
    body = f'{{"meta":{compact(meta)},"links":{compact(links)},"items":[{items}],"facets":{compact(facets)}}}'
    return json_response(
        body, etag=etag, modified=state["updated"], language=query.locale, links={name: links[name] for name in links}
    )


def _page(query: ItemQuery, parameters: ListParameters, digest: str) -> list[PublishedDocument]:
    if parameters.limit == 0:
        return []
    rows = query.rows()
    if parameters.cursor:
        rows = rows.filter(_after(cursors.decode(parameters.cursor, digest), parameters.sort))
    return list(rows.order_by(*SORTS[parameters.sort])[: parameters.limit + 1])


def _position(row: PublishedDocument, sort: str) -> list[Any]:
    if sort == "-updated_at":
        return [row.seq]
    value = row.title if sort == "title" else row.published_at.isoformat() if row.published_at else None
    return [value, str(row.content_id)]


def _after(position: list[Any], sort: str) -> Q:
    """The rows behind a position: by the sorted column, then by content id, which no two rows of a language share."""
    if sort == "-updated_at":
        return Q(seq__lt=position[0])
    column, comparison = {"title": ("title", "gt"), "published_at": ("published_at", "gt")}.get(
        sort, ("published_at", "lt")
    )
    value = position[0]
    if column == "published_at" and value is not None:
        value = datetime.fromisoformat(value)
    return Q(**{f"{column}__{comparison}": value}) | Q(**{column: value}, content_id__gt=UUID(position[1]))


def _chosen(text: str, fields: str | None) -> str:
    if not fields:
        return text
    wanted = set(fields.split(","))
    return compact({name: value for name, value in json.loads(text).items() if name in wanted})


def _links(request: HttpRequest, following: str | None) -> dict[str, str | None]:
    parameters = request.GET.copy()
    parameters.pop("cursor", None)
    base = request.build_absolute_uri(request.path)
    first = f"{base}?{parameters.urlencode()}" if parameters else base
    pairs = [(name, value) for name in parameters for value in parameters.getlist(name)]
    after = f"{base}?{urlencode([*pairs, ('cursor', following)])}" if following else None
    return {"self": request.build_absolute_uri(), "first": first, "next": after}
