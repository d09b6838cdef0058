"""What a kept page is found by, from a request as the server hands it over (PEP 3333)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings

from .entries import BROTLI, GZIP, IDENTITY

Environ = dict[str, Any]

# What is not for readers, or is a file.
_APART = ("/admin", "/api", "/documents", "/media", "/static", "/django-admin")
# A longer address is not kept: no link of the site is so long.
_LONGEST = 2048


class Asked:
    """A request for a page that may be kept."""

    def __init__(self, environ: Environ) -> None:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        saves_data = environ.get("HTTP_SAVE_DATA", "").strip().lower() == "on"
        scheme = f"{environ['wsgi.url_scheme']} {environ.get('HTTP_X_FORWARDED_PROTO', '')}"
        host = environ.get("HTTP_HOST", "")
        self.is_head = environ["REQUEST_METHOD"] == "HEAD"
        self.has_query = bool(query)
        self.key = f"{scheme} {host} {path}?{query} {'saving' if saves_data else ''}"
        self.encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        self.known_tags = environ.get("HTTP_IF_NONE_MATCH", "")
        # Staff see what others do not; who sends a password is not answered from what is kept.
        self.is_personal = (
            f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
        )

    def knows(self, digest: str) -> bool:
        """Return whether the reader has the page with this digest, in whatever encoding (RFC 9110, section 13.1.2)."""
        return digest in self.known_tags or self.known_tags.strip() == "*"


def path_of(key: str) -> str:
    """Return the path of the address that a key is made from, in its own letters: a server hands over bytes."""
    path = key.split(" ", 3)[-1].rpartition(" ")[0].partition("?")[0]
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def asked_for(environ: Environ) -> Asked | None:
    """Return what is asked for, or None if it is nothing that is ever kept."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(_APART):
        return None
    if len(path) + len(environ.get("QUERY_STRING", "")) + len(environ.get("HTTP_HOST", "")) > _LONGEST:
        return None
    return Asked(environ)


@lru_cache(256)
def encoding_of(accepted: str) -> str:
    """Return the encoding to send, from the header Accept-Encoding (RFC 9110, section 12.5.3)."""
    qualities = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        qualities[name.strip()] = parameter.replace(" ", "").rstrip("0.") != "q="
    rest = qualities.get("*", False)
    return next((each for each in (BROTLI, GZIP) if qualities.get(each, rest)), IDENTITY)
