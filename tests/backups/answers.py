"""Writes down everything that a site answers to the public: `python -m tests.backups.answers FILE`."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

import django
from django.http import HttpResponse
from django.test import Client

_LANGUAGES = ("ar", "en", "fr")
_KINDS = ("news", "press-releases", "publications")
_STARTS = (
    *("/", "/robots.txt", "/sitemap.xml", "/api/v1/", "/api/v1/navigation", "/api/v1/changes?include=full&limit=200"),
    *(f"/{language}/" for language in _LANGUAGES),
    *("/ar/search/?q=2026", "/en/search/?q=2026"),
    *(f"/api/v1/items?locale={language}&limit=100&view=full" for language in _LANGUAGES),
    *(f"/api/v1/feeds/{kind}.{form}?locale=en" for kind in _KINDS for form in ("json", "atom")),
)
# What tells one request from another, and nothing of the site: stamps of forms, moments, numbers of requests.
_OF_THE_REQUEST = re.compile(
    rb'(?:name="(?:stamp|csrfmiddlewaretoken)" value=|nonce=|"instance": ?)"[^"]*"|DTSTAMP:\w+'
)
# Left out: choices of filters and short addresses, which lead to pages that are read anyway; what only looks like an
# address in JSON; French pages but the first, whose texts the API has as well; and all but one size of a picture, since
# a test compares the files.
_LEFT_OUT = re.compile(r"/(?:ar|en)/(?:p/|.*\?(?!q=))|/fr/.|.*\\|/media/images/(?!.*1200x675.*\.webp$)")
_HEADERS = ("Content-Type", "Content-Language", "Last-Modified", "Location", "Link")


class Reader(Client):
    """Remembers the status, the headers and a digest of every answer, by its address."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, list[Any]] = {}

    def get(self, path: Any, *args: Any, **kwargs: Any) -> Any:
        if _LEFT_OUT.match(path):
            return HttpResponse()
        response: Any = super().get(path, *args, **kwargs)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        said = hashlib.sha256(_OF_THE_REQUEST.sub(b"", body)).hexdigest()
        self.answers[path] = [response.status_code, *(response.headers.get(name, "") for name in _HEADERS), said]
        # Addresses are not looked for in pictures, nor in the description of the API, which has only patterns of them.
        if b"\0" in body or path.endswith("openapi.json"):
            response = HttpResponse()
        elif response.streaming:
            response.streaming_content = [body]
        return response


def main(file: Path) -> None:
    django.setup()
    logging.disable(logging.WARNING)
    from tests.crawl import crawl

    reader = Reader()
    crawl(reader, _STARTS)
    file.write_text(json.dumps(reader.answers, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
