"""The state of the indices: whether they are complete and of this version, and how far they lag behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.languages.declared import LANGUAGE_CODES
from publishing.models import Sequence
from search.engines.models import IndexPosition, position_key, seconds_missing

from .indices import Index

Targets = Mapping[str, Index]


def end_of_log() -> int:
    """Return the number of the last committed change. No change committed later gets a lower number."""
    return Sequence.objects.values_list("last", flat=True).first() or 0


def positions(indices: Iterable[Index]) -> dict[str, int]:
    """Return, by name, how far each of these indices has followed; an index that was never filled is left out."""
    names = {position_key(index.uuid): index.name for index in indices}
    known = IndexPosition.objects.filter(index__in=names).values_list("index", "seq")
    return {names[key]: seq for key, seq in known}


def forget_positions(indices: Iterable[Index]) -> None:
    IndexPosition.objects.filter(index__in=[position_key(index.uuid) for index in indices]).delete()


def store_position(indices: Iterable[Index], seq: int) -> None:
    IndexPosition.objects.bulk_create(
        [IndexPosition(index=position_key(index.uuid), seq=seq) for index in indices],
        update_conflicts=True,
        unique_fields=["index"],
        update_fields=["seq", "updated_at"],
    )


def is_complete(targets: Targets) -> bool:
    """Return whether these are indices of this version, one for each language, filled once.

    A position beyond the end of the change log is from before the database was restored.
    """
    if set(targets) != set(LANGUAGE_CODES) or not all(index.is_current for index in targets.values()):
        return False
    known = positions(targets.values())
    return len(known) == len(targets) and max(known.values()) <= end_of_log()


def seconds_behind(targets: Targets) -> float:
    """Return how many seconds ago the first change missing from any of these indices was made; 0 if none is."""
    return seconds_missing(min(positions(targets.values()).values(), default=0))
