"""How far the indices are: whether they are whole, of this version, and how long they are behind the change log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import timezone

from core.languages import LANGUAGE_CODES
from publishing.models import PublishedDocument, Sequence
from search.models.index_position import IndexPosition

from .indices import Index

Targets = Mapping[str, Index]


def end_of_log() -> int:
    """The last change that is committed. No change that is committed later gets a lower number."""
    return Sequence.objects.values_list("last", flat=True).first() or 0


def positions(indices: Iterable[Index]) -> dict[str, int]:
    """By name, how far each of these indices has followed; one that was never filled is left out."""
    names = {_key(index): index.name for index in indices}
    known = IndexPosition.objects.filter(index__in=names).values_list("index", "seq")
    return {names[key]: seq for key, seq in known}


def _key(index: Index) -> str:
    """After a backup of the database was restored, what indices hold is not what the change log says: in a new epoch
    they are unknown.
    """
    return f"{settings.CHANGE_FEED_EPOCH} {index.uuid}"


def forget_positions(indices: Iterable[Index]) -> None:
    IndexPosition.objects.filter(index__in=map(_key, indices)).delete()


def store_position(indices: Iterable[Index], seq: int) -> None:
    IndexPosition.objects.bulk_create(
        [IndexPosition(index=_key(index), seq=seq) for index in indices],
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
    known = positions(targets.values())
    return len(known) == len(targets) and max(known.values()) <= end_of_log()


def seconds_behind(targets: Targets) -> float:
    """How long ago the first change was made that is not in all of these indices; 0 where none is missing."""
    position = min(positions(targets.values()).values(), default=0)
    missing = PublishedDocument.objects.filter(seq__gt=position).order_by("seq")
    since = missing.values_list("updated_at", flat=True).first()
    return (timezone.now() - since).total_seconds() if since else 0.0
