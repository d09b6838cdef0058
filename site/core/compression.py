"""Compression of what the application itself answers with.

Files of fixed content come compressed from WhiteNoise or the web server. Files to download are left alone, so that an
interrupted download can go on (RFC 9110, ranges).
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = frozenset(
    {
        "application/atom+xml",
        "application/rss+xml",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
    }
)


class CompressionMiddleware(GZipMiddleware):
    """Django's own, which hides the length of secrets in a page (BREACH), for text that is read at once."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        media_type = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == HTTPStatus.PARTIAL_CONTENT or media_type not in COMPRESSED:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
