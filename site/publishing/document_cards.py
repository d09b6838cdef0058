"""The part of a document that stands in lists: its card."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from core.content_types.builder import DocumentBuilder, Json, absolute_url, api_url, timestamp
from core.languages.declared import direction
from core.languages.versions import Versions, x_default
from core.places.countries import country_name


def card_of(page: Any, versions: Versions, builder: DocumentBuilder) -> Json:
    """Return the part of a document that stands in lists, without the times that depend on its text."""
    language = page.locale.language_code
    default = x_default(versions)
    classified = hasattr(page, "countries")
    caption = page.lead_image_caption
    return {
        "content_id": str(page.translation_key),
        "type": page.document_type,
        "role": page.document_role,
        "locale": language,
        "dir": direction(language),
        "title": page.title,
        "summary_text": page.summary,
        "slug": page.slug,
        "html_url": absolute_url(page.url),
        "api_url": api_url(page.translation_key, language),
        "alternates": [_alternate(version) for code, version in versions.items() if code != language],
        "x_default": absolute_url(default.url) if default else None,
        "source_locale": page.source_language,
        "translation_status": "",
        "published_at": timestamp(published_at(page)),
        "content_updated_at": None,
        "lead_image": builder.image(page.lead_image, page.lead_image_alt, page.lead_image_is_decorative, caption),
        "countries": _countries(page, language) if classified else [],
        "topics": builder.topics(page.topics.all()) if classified else [],
        "rights": builder.rights(),
        **page.document_card(builder),
    }


def _alternate(page: Page) -> Json:
    language = page.locale.language_code
    return {
        "locale": language,
        "title": page.title,
        "html_url": absolute_url(page.url),
        "api_url": api_url(page.translation_key, language),
        "content_updated_at": timestamp(page.last_published_at),
    }


def _countries(page: Any, language: str) -> list[Json]:
    return [{"code": code, "label": country_name(code, language)} for code in page.countries]


def published_at(page: Any) -> datetime | None:
    """Return the content's own date at midnight in the office's time zone, or else when it was first published."""
    if page.publication_day:
        return timezone.make_aware(datetime.combine(page.publication_day, time()))
    moment: datetime | None = page.first_published_at
    return moment
