"""The rows that every answer is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import DateTimeField, Q, QuerySet
from django.utils import timezone

from publishing.models import PublishedDocument

from .prepared import Given

# The moment at which a prepared query is asked.
NOW = Given("now", DateTimeField())


class Document(Protocol):
    """A published document, or as much of one as a query reads."""

    content_id: UUID
    locale: str
    seq: int
    updated_at: datetime
    published_at: datetime | None
    title: str
    digest: str
    # Compact JSON objects.
    card: str
    full: str


def public_documents(now: Given | None = None) -> QuerySet[PublishedDocument]:
    """What the public may see at this moment, or, with `now`, when the prepared query is asked; a document whose time
    is over is gone before its tombstone is made.
    """
    not_expired = Q(expires_at__isnull=True) | Q(expires_at__gt=now or timezone.now())
    return PublishedDocument.objects.filter(not_expired, removal="")


def is_public(row: PublishedDocument) -> bool:
    """The same, of one row."""
    return not row.removal and (row.expires_at is None or row.expires_at > timezone.now())
