"""How far the indices are: whether they are whole, of this version, and how long they are behind the change log."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from core.languages import LANGUAGE_CODES
from publishing.models import PublishedDocument, Sequence
from search.models.index_position import IndexPosition

from .indices import Index

Targets = Mapping[str, Index]


def end_of_log() -> int:
    """The last change that is committed. No change that is committed later gets a lower number."""
    return Sequence.objects.values_list("last", flat=True).first() or 0


def positions(targets: Targets) -> dict[str, int]:
    """By UUID, how far each of these indices has followed; one that was never filled is left out."""
    wanted = [index.uuid for index in targets.values()]
    return dict(IndexPosition.objects.filter(index__in=wanted).values_list("index", "seq"))


def store_position(targets: Targets, seq: int) -> None:
    IndexPosition.objects.bulk_create(
        [IndexPosition(index=index.uuid, seq=seq) for index in targets.values()],
        update_conflicts=True,
        unique_fields=["index"],
        update_fields=["seq", "updated_at"],
    )


def is_complete(targets: Targets) -> bool:
    """Whether these are indices of this version, one for each language, filled once. A position that the change log
    does not know is one from before the database was restored.
    """
    if set(targets) != set(LANGUAGE_CODES) or not all(index.is_current for index in targets.values()):
        return False
    known = positions(targets)
    return len(known) == len(targets) and max(known.values()) <= end_of_log()


def seconds_behind(targets: Targets) -> float:
    """How long ago the first change was made that is not in all of these indices; 0 where none is missing."""
    position = min(positions(targets).values(), default=0)
    missing = PublishedDocument.objects.filter(seq__gt=position).order_by("seq")
    since = missing.values_list("updated_at", flat=True).first()
    return (timezone.now() - since).total_seconds() if since else 0.0
