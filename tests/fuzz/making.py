"""Makes requests of a seed: the same seed and number always make the same request."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import quote

from api.openapi import openapi

from .asked import Asked
from .bodies import hostile_body
from .routes import Route
from .values import NUMBERS, encoded, hostile_path, hostile_text

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X-INVENTED", "get")
_OFTEN = (*METHODS, *["GET"] * 8, *["POST"] * 10)
ROLES = ("anonymous", "communications", "officer", "administrator")
_HOSTS = [
    "testserver", "localhost", "elsewhere.example", "testserver:99999", "testserver@elsewhere.example", "", " ", "a b",
    "testserver, elsewhere.example", "[::1", "[::1]", "é", "testserver.", "TESTSERVER", "127.0.0.1:80", "x" * 3000,
]  # fmt: skip
_RANGES = ["bytes=0-0", "bytes=-1", "bytes=5-2", "bytes=0-" + "9" * 40, "bytes=0-1,2-3", "bytes=" + "0-1," * 500, "x"]
_TAGS = ["*", '"x"', 'W/"x"', "x", '"' * 50, '"a", ' * 300, "\xff"]
_DATES = [
    "Wed, 99 Foo 9999 99:99:99 GMT",
    "0",
    "-1",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "x",
]
_HEADERS: dict[str, list[str]] = {
    "Host": _HOSTS,
    "X-Forwarded-Host": _HOSTS,
    "X-Forwarded-For": ["", "x", "1.2.3.4", "::1", "1.2.3.4, x, " * 100, "999.1.1.1", "fe80::1%eth0", "\xd9\xa1"],
    "X-Forwarded-Proto": ["https", "http", "javascript", ""],
    "Accept": ["*/*", "application/json", "text/html;q=x", "q=0", "a/b/c", ";;,", "text/*;q=1e9", "*/*," * 999, "\xff"],
    "Accept-Language": ["ar", "fr;q=0", "xx-" * 200, "*", ";q=", "en;q=nan", "ar,fr,en", "../x", "zh-" + "a" * 500],
    "Accept-Encoding": ["gzip", "br, zstd", "identity;q=0, *;q=0", "gzip;q=x", ",", "\xff"],
    "Range": _RANGES,
    "If-Range": [*_TAGS, *_DATES],
    "If-None-Match": _TAGS,
    "If-Match": _TAGS,
    "If-Modified-Since": _DATES,
    "If-Unmodified-Since": _DATES,
    "Cookie": ["sessionid=x", "sessionid=" + "a" * 999, "csrftoken=x; =;", "\xff=\xff", 'messages="x"', "a=b; " * 500],
    "Content-Type": ["", "x", "text/html; charset=none", "multipart/form-data", "text/html; charset=\xff"],
    # gunicorn itself refuses what is no number.
    "Content-Length": ["0", "1", "5", "200", "999999999"],
    "Referer": ["http://testserver/admin/", "http://elsewhere.example/admin/", "//", "http://[", "\xff", "javascript:"],
    "Origin": ["null", "http://elsewhere.example", "http://[", "x"],
    "Authorization": ["Basic x", "Bearer ", "Api-Key x", "Basic Og==", "\xff"],
    "X-API-Key": ["x", "", "\xff", "a" * 5000],
    "X-Requested-With": ["XMLHttpRequest"],
    "X-Request-ID": ["x", "\xff", "a" * 5000, "a b"],
    "X-HTTP-Method-Override": ["DELETE"],
    "User-Agent": ["", "\xff", "a" * 9000],
    "Sec-Fetch-Site": ["cross-site", "x"],
    "Save-Data": ["on", "x"],
    "Transfer-Encoding": ["chunked", "x"],
    "Expect": ["100-continue", "x"],
}  # fmt: skip
# What the admin's lists and choosers read, beside the fields of the forms on their pages.
_PARAMETERS = [
    "q", "p", "page", "next", "ordering", "per_page", "export", "fields", "limit", "offset", "order", "search", "id",
    "child_of", "descendant_of", "ancestor_of", "translation_of", "locale", "type", "page_type", "page_types", "root",
    "collection_id", "tag", "user_pk", "mode", "date_from", "date_to", "created_at_from", "owner", "status", "is_a",
    "allow_external_link", "parent_page_id", "in_preview_panel", "action", "columns", "per_page", "sort", "token",
    "multiple", "can_choose_root", "match_subclass", "rich_text", "e", "latest_revision_created_at_before", "query",
]  # fmt: skip

FieldsOf = Callable[[str, str], dict[str, Any]]


class Maker:
    """Makes the requests of a seed. `fields_of(role, address)`: the fields of the forms that a role sees there."""

    def __init__(self, seed: str, routes: list[Route], fields_of: FieldsOf) -> None:
        self.seed, self.routes, self.fields_of = seed, routes, fields_of
        self.addresses = [route.address for route in routes]
        self.parameters = sorted({*_PARAMETERS, *_documented_parameters()})
        self.shape = dict.fromkeys(self.parameters, "x")

    def request(self, name: str) -> Asked:
        """Return the request with a name: "any/5", with any route, role and method and anything wrong with it, or
        "route/5/GET/officer", at an address that the route has.
        """
        random = Random(f"{self.seed}/{name}")  # noqa: S311  nothing is secret here
        kind, number, *rest = name.split("/")
        if kind == "route":
            route = self.routes[int(number)]
            path, _, query = route.address.partition("?")
            return self._whole(random, rest[1], rest[0], quote(path, safe="/%"), query, route)
        route, role, method = random.choice(self.routes), random.choice(ROLES), random.choice(_OFTEN)
        path, _, query = route.address.partition("?")
        path = quote(path, safe="/%")
        if random.random() < 0.45:
            path = hostile_path(random, path, self.addresses)
        return self._whole(random, role, method, path, query, route)

    def _whole(self, random: Random, role: str, method: str, path: str, query: str, route: Route) -> Asked:
        headers: dict[str, str] = {}
        body = b""
        is_form = method not in ("GET", "HEAD", "get") and random.random() < 0.9
        fields = self.fields_of(role, route.address) if is_form or random.random() < 0.3 else {}
        if is_form:
            body, headers["Content-Type"] = hostile_body(random, fields, fields or self.shape)
        if not is_form or random.random() < 0.3:
            query = self._query(random, query, [] if is_form else sorted(fields))
        for name in random.sample(sorted(_HEADERS), random.choice((0, 0, 0, 1, 2, 4))):
            headers[name] = random.choice(_HEADERS[name])
        return Asked(role, method, path, query, headers, body)

    def _query(self, random: Random, query: str, names: list[str]) -> str:
        if random.random() < 0.1:
            return query + random.choice(("&&=", "%ff=%ff", "%00", "a" * 9000, "a=b" * 2000, "?a", "=", "a[]=b", "%"))
        pairs = [
            (random.choice(names if names and random.random() < 0.6 else self.parameters), hostile_text(random, "1"))
            for _ in range(random.choice((0, 1, 1, 2, 3)))
        ]
        if pairs and random.random() < 0.2:
            pairs.append((pairs[0][0], random.choice(NUMBERS)))
        return "&".join([*([query] if query else []), *(f"{quote(name)}={encoded(text)}" for name, text in pairs)])


def _documented_parameters() -> set[str]:
    found: set[str] = set()
    for operations in openapi()["paths"].values():
        for operation in operations.values():
            found |= {str(parameter["name"]) for parameter in operation.get("parameters", []) if "name" in parameter}
    return found
