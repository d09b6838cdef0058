"""Suggestions while a reader types."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from core.languages.declared import direction
from publishing.documents import compact
from search import service
from search.query import plain

from .responses import etag_of, json_response, not_modified
from .schemas import SuggestParameters
from .search import unavailable_as_problem

_SHOWN = ("content_id", "type", "title", "html_url", "api_url")


def suggest(request: HttpRequest, parameters: SuggestParameters) -> HttpResponse:
    """Return suggestions, with one request to the search engine and one query."""
    with unavailable_as_problem():
        found = service.suggest(plain(parameters.q), parameters.locale, parameters.limit)
    etag = etag_of("suggest", parameters.locale, [(str(row.content_id), row.seq) for row in found])
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    cards = [json.loads(row.card) for row in found]
    answer = {
        "locale": parameters.locale,
        "dir": direction(parameters.locale),
        "items": [{name: card[name] for name in _SHOWN} for card in cards],
    }
    return json_response(compact(answer), etag=etag, language=parameters.locale)
