"""Apply the front matter and blocks of a version to the fields of its page; unchanged fields are not touched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Orderable, Page

from core.content_types.front_matter import Correction, Resolve
from core.content_types.references import ImageReference
from core.models import ClassifiedPage, CorrectedPage, Topic

from .contents import Content, Version
from .stored_body import comparable, stored_body


def apply_fields(page: Page, content: Content, version: Version, resolve: Resolve) -> bool:
    """Set the fields of `page` without saving it. Return whether anything changed."""
    changed = _set(page, _fields(content, version, resolve))
    body = stored_body(version.blocks, page.translation_key, resolve)
    if comparable(list(page.body.raw_data)) != comparable(body):
        page.body = page.body.stream_block.to_python(body)
        changed = True
    if isinstance(page, ClassifiedPage):
        changed |= _set_topics(page, version.front_matter.topics)
    if isinstance(page, CorrectedPage):
        changed |= _set_children(page, "corrections", _corrections(page, version.front_matter.corrections))
    for relation, rows in version.front_matter.page_rows(resolve, version.language).items():
        changed |= _set_children(page, relation, rows)
    return changed


def _fields(content: Content, version: Version, resolve: Resolve) -> dict[str, Any]:
    front_matter = version.front_matter
    values: dict[str, Any] = {
        "title": front_matter.title,
        "summary": front_matter.summary,
        "show_in_menus": front_matter.menu,
        "source_language": content.languages[0],
        "lead_image_id": resolve(ImageReference(front_matter.image)) if front_matter.image else None,
        "lead_image_alt": front_matter.image_alt,
        "lead_image_caption": front_matter.image_caption,
        "lead_image_is_decorative": bool(front_matter.image) and not front_matter.image_alt,
    }
    if content.path != "pages/home":
        values["slug"] = version.slug
    if hasattr(front_matter, "countries"):
        values["countries"] = sorted(set(front_matter.countries))
    values |= front_matter.page_fields(resolve)
    return values


def cairo_time(moment: datetime | None) -> datetime | None:
    """Return a moment of a bundle as an aware datetime; one without a time zone is in Cairo time."""
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


def _set(page: Page, values: dict[str, Any]) -> bool:
    changed = False
    for name, value in values.items():
        if hasattr(page, name) and getattr(page, name) != value:
            setattr(page, name, value)
            changed = True
    return changed


def _set_topics(page: ClassifiedPage, slugs: list[str]) -> bool:
    if {topic.slug for topic in page.topics.all()} == set(slugs):
        return False
    page.topics = list(Topic.objects.filter(slug__in=slugs))
    return True


def _corrections(page: CorrectedPage, corrections: list[Correction]) -> list[Any]:
    """Return the rows of the corrections in reading order: newest first, and in the order of the file within a day."""
    newest_first = sorted(corrections, key=lambda correction: correction.date, reverse=True)
    return [_model_of(page, "corrections")(**correction.model_dump()) for correction in newest_first]


def _model_of(page: Page, relation: str) -> Any:
    return page._meta.get_field(relation).related_model


def _set_children(page: Page, relation: str, rows: list[Any]) -> bool:
    """Set the rows if they differ from the existing ones; return whether they did. Models without an order of their
    own are read last stored first, so their rows are stored in reverse.
    """
    model = _model_of(page, relation)
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if (field.name not in ("id", "sort_order") and not field.remote_field) or field.name in ("document", "image")
    ]
    current = [tuple(getattr(row, name) for name in names) for row in getattr(page, relation).all()]
    if current == [tuple(getattr(row, name) for name in names) for row in rows]:
        return False
    if issubclass(model, Orderable):
        for order, row in enumerate(rows):
            row.sort_order = order
    else:
        rows.reverse()
    setattr(page, relation, rows)
    return True
