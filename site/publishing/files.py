"""Which files the published documents show: what a document depends on, while the public may see it."""

from __future__ import annotations

from uuid import UUID

from core.public_files import Part

from .models import DocumentDependency
from .visible import not_expired


def documents_shown_by(content_id: UUID, locale: str) -> set[int]:
    """The numbers of the documents that a content's published document shows."""
    shown = DocumentDependency.objects.filter(document__content_id=content_id, document__locale=locale)
    return {int(key) for key in shown.filter(kind=Part.DOCUMENT.value).values_list("key", flat=True)}


def documents_show(part: Part, number: int) -> bool:
    """Whether a document that the public may see at this moment shows it. By an index, whatever number there is of
    them: tombstones depend on nothing.
    """
    showing = DocumentDependency.objects.filter(kind=part.value, key=str(number), document__removal="")
    return showing.filter(not_expired(field="document__expires_at")).exists()
