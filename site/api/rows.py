"""The rows that every answer is made from."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from publishing.models import PublishedDocument


def public_documents() -> QuerySet[PublishedDocument]:
    """What the public may see at this moment; a document whose time is over is gone before its tombstone is made."""
    not_expired = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return PublishedDocument.objects.filter(not_expired, removal="")


def is_public(row: PublishedDocument) -> bool:
    """The same, of one row."""
    return not row.removal and (row.expires_at is None or row.expires_at > timezone.now())
