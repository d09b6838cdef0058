"""Which published documents are public at this moment: those that the stored row says are public and that have not
expired. An expired document disappears before its tombstone is created.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Expression, Q, QuerySet
from django.utils import timezone

from .models import PublishedDocument


def not_expired(now: datetime | Expression | None = None, field: str = "expires_at") -> Q:
    """Return the condition for rows that have not expired. `now` is an alternative to the current time; `field` is the
    lookup path of the expiry time.
    """
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now or timezone.now()})


def public_documents(now: datetime | Expression | None = None) -> QuerySet[PublishedDocument]:
    return PublishedDocument.objects.filter(not_expired(now), removal="")


def is_public(row: PublishedDocument) -> bool:
    """Return whether one row is public, by the same rule as `public_documents`."""
    return not row.removal and (row.expires_at is None or row.expires_at > timezone.now())
