"""Compress the responses that the application itself produces.

Static files come compressed from WhiteNoise or the web server. Downloads are left alone, so that an interrupted
download can be resumed (RFC 9110, ranges).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.http import parse_etags

from core.web.lifetime import will_be_kept

COMPRESSED = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/ld+json",
        "application/problem+json",
        "application/rss+xml",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
    }
)


# Files that are the same for every reader contain no secret whose length Django's padding would hide.
_FILES = frozenset({"text/css", "text/javascript"})


class _UnpaddedGZip(GZipMiddleware):
    max_random_bytes = 0


class CompressionMiddleware(GZipMiddleware):
    """Django's middleware, which hides the length of secrets in a page (BREACH), for text that is read at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._of_files = _UnpaddedGZip(get_response)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return _as_validated(request, response)
        if will_be_kept(response):
            # It is compressed once, for all who ask for it (caching.entries).
            return response
        media_type = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == HTTPStatus.PARTIAL_CONTENT or media_type not in COMPRESSED:
            return response
        by: Any = self._of_files if media_type in _FILES else super()
        answer: HttpResponseBase = by.process_response(request, response)
        return answer


def _as_validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give a 304 the entity tag of the copy that it validates. A compressed response carries its tag in the weak form,
    and a cache does not update a stored response whose tag differs from that of the 304 (RFC 9111, section 4.3.4).
    """
    etag = response.get("ETag", "")
    given = parse_etags(request.headers.get("If-None-Match", ""))
    if etag.startswith('"') and etag not in given and f"W/{etag}" in given:
        response["ETag"] = f"W/{etag}"
    return response
