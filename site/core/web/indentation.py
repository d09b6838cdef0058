"""Send pages without the indentation of their templates, a twentieth of what a phone receives."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# Where blanks at the beginning of a line are text, or may be.
_KEPT = re.compile(rb"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_INDENTATION = re.compile(rb"(?:\n[ \t]*)+")


class IndentationMiddleware:
    """For the pages of the site: the admin shows mail with the blanks that people typed. Stands inside Django's
    CommonMiddleware, which says how long the page is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_for_readers = not request.path_info.startswith("/admin/")
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_for_readers and is_page and isinstance(response, HttpResponse):
            response.content = without_indentation(response.content)
        return response


def without_indentation(page: bytes) -> bytes:
    """Return a page of HTML without indentation and blank lines."""
    pieces = _KEPT.split(page)
    # Of each three pieces the second is kept as it is, and the third is the name of its element.
    pieces[::3] = [_INDENTATION.sub(b"\n", piece) for piece in pieces[::3]]
    del pieces[2::3]
    return b"".join(pieces)
