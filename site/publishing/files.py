"""Find which files the public documents show; a document depends on them for as long as it is public."""

from __future__ import annotations

from uuid import UUID

from core.files.public_files import Part

from .models import DocumentDependency
from .visible import not_expired


def documents_shown_by(content_id: UUID, locale: str) -> set[int]:
    """Return the primary keys of the documents (files) that a content's published document shows."""
    shown = DocumentDependency.objects.filter(document__content_id=content_id, document__locale=locale)
    return {int(key) for key in shown.filter(kind=Part.DOCUMENT.value).values_list("key", flat=True)}


def documents_show(part: Part, number: int) -> bool:
    """Return whether any currently public document shows this part. The lookup uses an index, however many tombstones
    there are: they have no dependencies.
    """
    showing = DocumentDependency.objects.filter(kind=part.value, key=str(number), document__removal="")
    return showing.filter(not_expired(field="document__expires_at")).exists()
