"""From the front matter and blocks of a version to the fields of its page; what is the same stays untouched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Orderable, Page

from core.models import ClassifiedPage, CorrectedPage, Topic
from press.models import ReleaseContact, ReleasePicture
from research.models import PublicationAuthor, PublicationFile

from .contents import Content, Version
from .front_matter import Correction
from .references import DocumentReference, ImageReference, page_reference
from .stored_body import Resolve, comparable, stored_body


def apply_fields(page: Page, content: Content, version: Version, resolve: Resolve) -> bool:
    """Set the fields of `page` (not saved). Returns whether anything differs from what was there."""
    changed = _set(page, _fields(content, version, resolve))
    body = stored_body(version.blocks, page.translation_key, resolve)
    if comparable(list(page.body.raw_data)) != comparable(body):
        page.body = page.body.stream_block.to_python(body)
        changed = True
    if isinstance(page, ClassifiedPage):
        changed |= _set_topics(page, version.front_matter.topics)
    if isinstance(page, CorrectedPage):
        changed |= _set_children(page, "corrections", _corrections(page, version.front_matter.corrections))
    for relation, rows in _children(content, version, resolve).items():
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
    match content.kind:
        case "pages" if hasattr(front_matter, "shows_contact"):
            values["is_contact"] = front_matter.shows_contact
            values["shows_stored_data"] = front_matter.shows_stored_data
            values["is_legal"] = front_matter.legal
        case "programmes":
            contact = page_reference(front_matter.contact) if front_matter.contact else None
            values["contact_page_id"] = resolve(contact) if contact else None
        case "news":
            values["date"] = front_matter.date
        case "publications":
            values |= {"date_issued": front_matter.date, "date_revised": front_matter.revised}
            values |= {key: getattr(front_matter, key) for key in ("series", "isbn", "doi")}
        case "releases":
            values |= {"date": front_matter.date, "dateline": front_matter.dateline}
    return values


def cairo_time(moment: datetime | None) -> datetime | None:
    """A moment of a bundle, which is in Cairo time where it names no zone."""
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
    """As they are read: the newest first, those of one day as the file has them."""
    newest_first = sorted(corrections, key=lambda correction: correction.date, reverse=True)
    return [_model_of(page, "corrections")(**correction.model_dump()) for correction in newest_first]


def _children(content: Content, version: Version, resolve: Resolve) -> dict[str, list[Any]]:
    front_matter = version.front_matter
    if content.kind == "releases":
        return _release_children(front_matter, resolve)
    if content.kind != "publications":
        return {}
    files = [
        PublicationFile(
            document_id=resolve(DocumentReference(item.file, item.title, item.language or version.language)),
            language=item.language or version.language,
            title=item.title,
        )
        for item in front_matter.files
    ]
    return {
        "authors": [PublicationAuthor(**author.model_dump()) for author in front_matter.authors],
        "files": files,
    }


def _release_children(front_matter: Any, resolve: Resolve) -> dict[str, list[Any]]:
    pictures = [
        ReleasePicture(
            image_id=resolve(ImageReference(item.image, item.credit, item.copyright_notice, cleared_for_press=True)),
            alt=item.alt,
            caption=item.caption,
        )
        for item in front_matter.pictures
    ]
    return {
        "pictures": pictures,
        "contacts": [ReleaseContact(**contact.model_dump()) for contact in front_matter.contacts],
    }


def _model_of(page: Page, relation: str) -> Any:
    return page._meta.get_field(relation).related_model


def _set_children(page: Page, relation: str, rows: list[Any]) -> bool:
    """Store rows that differ from those that are there; what has no order of its own is read last stored first."""
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
