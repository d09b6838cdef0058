"""Answers with what HTTP caches and clients need: validators, freshness, links, languages."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from publishing.documents import compact

# Part of every ETag: a new form of the answers makes all copies stale.
REPRESENTATION = "1"
FRESHNESS = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"


def etag_of(*parts: object) -> str:
    """A strong entity tag for an answer that is made from these parts."""
    return quote_etag(hashlib.sha256(repr((REPRESENTATION, *parts)).encode()).hexdigest()[:32])


def not_modified(request: HttpRequest, etag: str, modified: datetime | None = None) -> HttpResponse | None:
    """304 where the client's copy is current, before the body is built."""
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
    links: dict[str, str | None] | None = None,
    content_type: str = "application/json",
) -> HttpResponse:
    """JSON in UTF-8; `links`: relation -> address, for the Link header (RFC 8288)."""
    text = body if isinstance(body, str) else compact(body)
    response = HttpResponse(text, content_type=content_type)
    if language:
        response["Content-Language"] = language
    shown = [f'<{address}>; rel="{relation}"' for relation, address in (links or {}).items() if address]
    if shown:
        response["Link"] = ", ".join(shown)
    return _with_caching(response, etag, modified)


def _with_caching(response: HttpResponse, etag: str, modified: datetime | None) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = FRESHNESS
    response["Vary"] = "Accept-Encoding"
    if modified:
        response["Last-Modified"] = http_date(modified.timestamp())
    return response
