"""The facets of a document: the values by which it is filtered, counted or looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from core.content_types.builder import Json
from core.content_types.registry import content_type, declared_type
from core.languages.versions import public_pages

PROGRAMME = "programme"


def facets_of(
    page: Any, card: Json, published_at: datetime | None, programmes: Iterable[str]
) -> Iterable[tuple[str, str]]:
    """Yield (name, value) for all facets. `programmes` has the content ids of the programmes that the document is,
    lies below or links to.
    """
    if published_at:
        yield "year", str(timezone.localtime(published_at).year)
    yield from (("country", country["code"]) for country in card["countries"])
    yield from (("topic", topic["code"]) for topic in card["topics"])
    yield from ((PROGRAMME, content_id) for content_id in programmes)
    yield "role", card["role"]
    yield "slug", page.slug
    declared = content_type(card["type"])
    identifiers = declared.search.identifiers if declared else {}
    found = ((key, usual_form(card[key] or "")) for key, usual_form in identifiers.items())
    yield from ((key, value) for key, value in found if value)


def programmes_among(content_ids: Collection[str]) -> frozenset[str]:
    """Return those of these contents that are programmes and public in at least one language. One query."""
    model = ContentType.objects.get_for_model(declared_type(PROGRAMME).model)
    pages = Page.objects.filter(translation_key__in=content_ids, content_type=model)
    return frozenset(map(str, public_pages(pages).values_list("translation_key", flat=True)))
