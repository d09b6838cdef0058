"""The values by which a document is filtered, counted or looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, get_page_models

from core.documents import Json
from core.identifiers import normal_doi, normal_isbn
from core.languages import public_pages

PROGRAMME = "programme"


def facets_of(
    page: Any, card: Json, published_at: datetime | None, programmes: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """(name, value) of all facets; `programmes`: content ids of those that the document is, lies below or links to."""
    if published_at:
        yield "year", str(timezone.localtime(published_at).year)
    yield from (("country", country["code"]) for country in card["countries"])
    yield from (("topic", topic["code"]) for topic in card["topics"])
    yield from ((PROGRAMME, content_id) for content_id in programmes)
    yield "role", card["role"]
    yield "slug", page.slug
    identifiers = {"doi": normal_doi(card.get("doi") or ""), "isbn": normal_isbn(card.get("isbn") or "")}
    yield from ((name, value) for name, value in identifiers.items() if value)


def programmes_among(content_ids: Collection[str]) -> frozenset[str]:
    """Which of these contents are programmes that the public may read in some language. One query."""
    models = [model for model in get_page_models() if getattr(model, "document_type", "") == PROGRAMME]
    types = ContentType.objects.get_for_models(*models).values()
    pages = Page.objects.filter(translation_key__in=content_ids, content_type__in=types)
    return frozenset(map(str, public_pages(pages).values_list("translation_key", flat=True)))
