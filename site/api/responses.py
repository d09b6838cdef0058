"""Responses with the headers that HTTP caches and clients need: validators, freshness, links and languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from publishing.documents import compact

# Part of every ETag: changing the format of the responses makes all copies stale.
REPRESENTATION = "1"
FRESHNESS = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"

# (address, the parameters of the link: rel="next")
Links = Iterable[tuple[str, str]]
Response = TypeVar("Response", bound=HttpResponseBase)


def address_of(request: HttpRequest) -> str:
    """Return the public address of a request, whatever host it was sent to."""
    query = request.META.get("QUERY_STRING", "")
    path = quote(request.path_info, safe="/:.~")
    return f"{settings.BASE_URL}{path}" + (f"?{quote(query, safe=_IN_QUERY)}" if query else "")


# Characters that may be unescaped in a query (RFC 3986), and the percent sign of those already escaped.
_IN_QUERY = "%&=+!$'()*,;:@/?-._~"


def etag_of(*parts: object) -> str:
    """Return a strong entity tag for a response that is built from these parts."""
    return quote_etag(hashlib.sha256(repr((REPRESENTATION, *parts)).encode()).hexdigest()[:32])


def not_modified(request: HttpRequest, etag: str, modified: datetime | None = None) -> HttpResponse | None:
    """Return a 304 if the client's copy is current, before the body is built; otherwise None."""
    if request.method not in ("GET", "HEAD"):
        return None
    last_modified = int(modified.timestamp()) if modified else None
    answer = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if isinstance(answer, HttpResponseNotModified):
        return _with_caching(answer, etag, modified)
    return None


def json_response(
    body: str | dict[str, Any],
    *,
    etag: str,
    modified: datetime | None = None,
    language: str | None = None,
    links: Links = (),
    content_type: str = "application/json",
) -> HttpResponse:
    """Return text in UTF-8, by default as JSON; `links` go into the Link header (RFC 8288)."""
    text = body if isinstance(body, str) else compact(body)
    response = HttpResponse(text, content_type=content_type)
    if language:
        response["Content-Language"] = language
    return with_headers(response, etag=etag, modified=modified, links=links)


def with_headers(response: Response, *, etag: str, modified: datetime | None = None, links: Links = ()) -> Response:
    """Return the response with caching headers and its links."""
    shown = [f"<{address}>; {parameters}" for address, parameters in links]
    if shown:
        response["Link"] = ", ".join(shown)
    return _with_caching(response, etag, modified)


def page_links(links: dict[str, str | None]) -> Links:
    """Return the links of a page of a list, by relation, for the Link header."""
    return [(address, f'rel="{relation}"') for relation, address in links.items() if address]


def _with_caching(response: Response, etag: str, modified: datetime | None) -> Response:
    response["ETag"] = etag
    response["Cache-Control"] = FRESHNESS
    response["Vary"] = "Accept-Encoding"
    if modified:
        response["Last-Modified"] = http_date(modified.timestamp())
    return response
