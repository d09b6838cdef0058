"""Build the addresses of the language bar and redirects, with the reader's query.

Topics, countries, years, words and page numbers mean the same in every language, so the query is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest


def with_query(address: str, request: HttpRequest | None) -> str:
    """Return an address of this site with the query of the request, unless it has its own."""
    query = request.GET.urlencode() if request else ""
    parts = urlsplit(address)
    return address if not query or parts.query else parts._replace(query=query).geturl()


def address_in(language: str, versions: Mapping[str, Any] | None, request: HttpRequest | None) -> str:
    """Return the address where a reader continues in another language. `versions`: the page's version in each language;
    None on an error page, which leads home. If a language is missing, the page at the returned address says so and
    names those that exist.
    """
    if versions is None or request is None:
        return f"/{language}/"
    if language in versions:
        return with_query(versions[language].url, request)
    below = quote(request.path.split("/", 2)[2])
    return f"/{language}/{below}"
