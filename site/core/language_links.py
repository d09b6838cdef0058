"""Where the language bar and redirects lead, with what the reader had asked for.

Topics, countries, years, words and page numbers mean the same in every language, so the query of an address stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest


def with_query(address: str, request: HttpRequest | None) -> str:
    """An address of this site with the query of the request, unless it has one of its own."""
    query = request.GET.urlencode() if request else ""
    parts = urlsplit(address)
    return address if not query or parts.query else parts._replace(query=query).geturl()


def address_in(language: str, versions: Mapping[str, Any] | None, request: HttpRequest | None) -> str:
    """Where a reader goes on in another language. `versions`: what the page has in each; None on an error page, which
    leads home. Where a language is missing, its page at that address says so and names those that exist.
    """
    if versions is None or request is None:
        return f"/{language}/"
    if language in versions:
        return with_query(versions[language].url, request)
    below = quote(request.path.split("/", 2)[2])
    return f"/{language}/{below}"
