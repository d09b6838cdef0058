"""How far the indices of Elasticsearch have followed the change log."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from publishing.models import PublishedDocument


class IndexPosition(models.Model):
    """How far an index has followed the change log: everything up to `seq` is in it.

    `index`: a name that no other index and no restored one ever has (the epoch, and Elasticsearch's UUID).
    """

    index = models.CharField(max_length=120, unique=True)
    seq = models.BigIntegerField()
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.index} at {self.seq}"


def position_key(uuid: str) -> str:
    """Return the key of an index's position.

    After a backup of the database was restored, the indices no longer match the change log: in a new epoch their
    positions are unknown.
    """
    return f"{settings.CHANGE_FEED_EPOCH} {uuid}"


def slowest_position() -> int:
    """Return up to which change all indices of this epoch have followed; 0 if there are none."""
    known = IndexPosition.objects.filter(index__startswith=position_key(""))
    return int(known.aggregate(seq=models.Min("seq"))["seq"] or 0)


def seconds_missing(position: int) -> float:
    """Return how many seconds ago the first change after a position was made; 0 if there is none."""
    missing = PublishedDocument.objects.filter(seq__gt=position).order_by("seq")
    since = missing.values_list("updated_at", flat=True).first()
    return (timezone.now() - since).total_seconds() if since else 0.0
