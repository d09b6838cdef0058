"""Single documents, served from the published documents alone: the stored text is the text that is sent."""

from __future__ import annotations

import json
from functools import cache
from uuid import UUID

from django.db.models import UUIDField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.content_types.builder import api_url, timestamp
from listing.prepared import NOW, Given, PreparedQuery
from publishing.visible import public_documents

from .problems import Culprit, Problem
from .responses import address_of, etag_of, json_response, not_modified
from .rows import Document
from .schemas import ItemParameters, Parameters


def item_text(row: Document, requested: str, view: str = "full") -> str:
    """Return the JSON of a document: the stored text, after what depends on the request and current state."""
    # Formatted by hand, because a list of 100 does this a hundred times.
    head = (
        f'{{"requested_locale":"{requested}","is_fallback":{"false" if requested == row.locale else "true"},'
        f'"seq":{row.seq},"updated_at":"{timestamp(row.updated_at)}",'
    )
    stored = row.full if view == "full" else row.card
    return head + stored[1:]


@cache
def _documents_of_content() -> PreparedQuery:
    rows = public_documents(NOW).filter(content_id=Given("content_id", UUIDField()))
    return PreparedQuery(rows.order_by("locale"), "locale", "seq", "updated_at", "digest", "card", "full")


def documents_of(content_id: UUID) -> list[Document]:
    """Return the public documents of a content, one per language, ordered by language code."""
    return _documents_of_content().ask(now=timezone.now(), content_id=content_id)


def chosen_row(content_id: UUID, parameters: ItemParameters) -> tuple[Document, list[str]]:
    """Return the document in the requested language or, if the client opted in, in the fallback language; and the
    codes of all available languages. Raise Problem if there is no document.
    """
    rows = {row.locale: row for row in documents_of(content_id)}
    row = rows.get(parameters.locale) or rows.get(parameters.fallback or "")
    if row is None:
        raise _missing(list(rows))
    return row, list(rows)


def _missing(available: list[str]) -> Problem:
    if not available:
        return no_such_content()
    detail = f"This content exists in: {', '.join(available)}. Ask for one of these, or name one as fallback."
    culprit = Culprit("translation-missing", detail, parameter="locale")
    return Problem("translation-missing", detail, [culprit], {"available_locales": available})


def no_such_content() -> Problem:
    detail = "No public content has this id."
    return Problem("not-found", detail, [Culprit("unknown-content", detail, parameter="content_id")])


def one_item(request: HttpRequest, parameters: ItemParameters, content_id: UUID) -> HttpResponse:
    """Return one content in one language."""
    row, languages = chosen_row(content_id, parameters)
    etag = etag_of("item", row.digest, row.seq, parameters.locale, languages)
    unchanged = not_modified(request, etag, row.updated_at)
    if unchanged:
        return unchanged
    links = [
        (address_of(request), 'rel="self"'),
        (json.loads(row.card)["html_url"], 'rel="canonical"'),
        (api_url(f"{content_id}.jsonld", row.locale), 'rel="alternate"; type="application/ld+json"'),
        *(
            (api_url(content_id, code), f'rel="alternate"; hreflang="{code}"')
            for code in languages
            if code != row.locale
        ),
    ]
    return json_response(
        item_text(row, parameters.locale), etag=etag, modified=row.updated_at, language=row.locale, links=links
    )


def translations(request: HttpRequest, parameters: Parameters, content_id: UUID) -> HttpResponse:
    """Return one content in all of its languages."""
    rows = documents_of(content_id)
    if not rows:
        raise no_such_content()
    modified = max(row.updated_at for row in rows)
    etag = etag_of("translations", *((row.digest, row.seq) for row in rows))
    return not_modified(request, etag, modified) or json_response(
        '{"items":[' + ",".join(item_text(row, row.locale) for row in rows) + "]}",
        etag=etag,
        modified=modified,
        language=", ".join(row.locale for row in rows),
        links=[(address_of(request), 'rel="self"')],
    )
