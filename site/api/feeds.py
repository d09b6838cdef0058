"""Feeds for feed readers, for each language and each type that has them: of all contents, or of one topic, country or
programme.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core.content_types.builder import Json
from core.content_types.registry import content_types, type_label
from core.content_types.rights import rights_of
from core.languages.declared import reader_language
from core.models import OfficeSettings
from listing.counts import totals
from listing.labels import FacetLabels

from . import cursors
from .feed_writers import WRITERS
from .lists import page_of
from .parameters import check_values
from .query import query_of
from .responses import etag_of, json_response, not_modified
from .schemas import FeedParameters, ListParameters

ITEMS_IN_FEED = 20
_FILTERS = ("topic", "country", "programme")
FEEDS = {declared.path: declared.name for declared in content_types() if declared.has_feed}


def feed(request: HttpRequest, parameters: FeedParameters, name: str, form: str) -> HttpResponse:
    """Return a page of a feed; `form` is a key of WRITERS. Three queries while nothing is published, two more for a
    feed of a topic; only one for a reader whose copy is current.
    """
    given = parameters.model_dump(include={"locale", *_FILTERS}, exclude_none=True)
    filters = {name: [value] if name in _FILTERS else value for name, value in given.items()}
    query = query_of(ListParameters.model_validate(filters), FEEDS[name])
    state = totals(query)
    etag = etag_of("feed", request.path, request.GET.urlencode(), *state)
    unchanged = not_modified(request, etag)
    if unchanged:
        return unchanged
    check_values(query.choices)
    digest = cursors.query_digest("feed", name, *given.values())
    wanted = ListParameters.model_validate(
        {"limit": ITEMS_IN_FEED, "cursor": parameters.cursor, "view": "full", **filters}
    )
    rows, following = page_of(query, wanted, digest)
    head = _head(name, form, given, following)
    items = [{**json.loads(row.full), "updated_at": row.updated_at} for row in rows]
    write, content_type = WRITERS[form]
    text = write(head, items, state.updated)
    return json_response(text, etag=etag, modified=state.updated, language=parameters.locale, content_type=content_type)


def moved_news_feed(request: HttpRequest) -> HttpResponse:
    """Redirect subscribers of the address that a language's news feed had before the API had feeds to today's feed."""
    return redirect(reverse("api-v1:feed_news_atom", query={"locale": reader_language()}), permanent=True)


def _head(name: str, form: str, given: dict[str, str], following: str | None) -> Json:
    """Return the head of a feed. `given` has the locale, and the topic, country or programme if there is one."""
    locale = given["locale"]
    office = OfficeSettings.in_language(locale)
    chosen = {facet: [given[facet]] for facet in _FILTERS if facet in given}
    labels = FacetLabels(locale, chosen)
    title = " – ".join([type_label(FEEDS[name], locale), *(labels.of(facet, given[facet]) for facet in chosen)])
    base = f"{settings.BASE_URL}/api/v1/feeds/{name}.{form}"
    return {
        "title": f"{title} — {office.name}" if office.name else title,
        "home_page_url": f"{settings.BASE_URL}/{locale}/",
        "feed_url": f"{base}?{urlencode(given)}",
        "language": locale,
        "rights": rights_of(office),
        "next_url": f"{base}?{urlencode({**given, 'cursor': following})}" if following else None,
    }
