"""Finds every address of the public site by its URL pattern, with made-up values for the arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver
from django.utils import translation

_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
_VALUES = {"int": "1", "uuid": "3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d", "slug": "a-slug", None: "a-name"}


def public_addresses(language: str) -> dict[str, str]:
    """Return an address for each route of the site but those of the admin and of pages, by route without language."""
    with translation.override(language):
        routes = list(_routes(get_resolver().url_patterns, ""))
    found = {route.removeprefix(f"{language}/"): _address(route) for route in routes}
    del found[r"^((?:[\w\-]+/)*)$"]
    return found


def _routes(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if route != "admin/":
                yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def _address(route: str) -> str:
    if "(?P<code>" in route:
        return f"/{route.partition('^')[0]}p/0123456789ab/"
    return "/" + _ARGUMENT.sub(lambda found: _VALUES.get(found["kind"], "a-name"), route)
