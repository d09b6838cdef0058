"""Which published documents the public may see at this moment: those whose page is public, as the stored document says,
and whose time is not over. A document whose time is over is gone before its tombstone is made.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Expression, Q, QuerySet
from django.utils import timezone

from .models import PublishedDocument


def not_expired(now: datetime | Expression | None = None, field: str = "expires_at") -> Q:
    """`now`: the moment, where it is not this one; `field`: where the time stands, seen from what is asked for."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now or timezone.now()})


def public_documents(now: datetime | Expression | None = None) -> QuerySet[PublishedDocument]:
    return PublishedDocument.objects.filter(not_expired(now), removal="")


def is_public(row: PublishedDocument) -> bool:
    """The same, of one row."""
    return not row.removal and (row.expires_at is None or row.expires_at > timezone.now())
