"""Search follows the change log: what is published is indexed, what is removed is forgotten, in the order of `seq`.

The position of an index is stored after what came before it is in the index, so nothing is lost when anything ends at
any moment. What is then done twice, or by several workers at once, does no harm, since an index leaves out what is
older than what it knows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings

from publishing.models import PublishedDocument

from .documents import SearchDocument, SearchDocuments
from .engines.base import EngineUnavailable
from .engines.elasticsearch import indices
from .engines.elasticsearch.client import WRITE_SECONDS, client, failures
from .engines.elasticsearch.indices import Index
from .engines.elasticsearch.state import Targets, end_of_log, forget_positions, is_complete, positions, store_position
from .engines.elasticsearch.writing import Removed, write

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_AT_ONCE = 500
# How often the indices themselves are looked at where the change log stands still.
_LOOK_SECONDS = 5.0
# Indices that were made after this process began are another release's: they are left to it.
_STARTED = time.time()
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


def catch_up() -> int:
    """Bring the indices that searches go to up to the end of the change log; returns how many changes that took.
    Makes them first where there are none that are complete and of this version. Raises EngineUnavailable.
    """
    with failures():
        writer = client(WRITE_SECONDS)
        targets = indices.served(indices.existing(writer))
        if is_complete(targets):
            return _follow(writer, targets)
        return 0 if _made_by_newer_release(targets.values()) else build()


def build(progress: Progress = _silent, *, anew: bool = False) -> int:
    """Fill indices of this version and let searches go to them; returns how many changes were written. Goes on where an
    earlier build was interrupted, unless `anew`. What changes meanwhile is behind the position, and so comes in too.
    """
    with failures():
        writer = client(WRITE_SECONDS)
        targets = {} if anew else indices.unfinished(indices.existing(writer))
        if not positions(targets.values()):
            targets = indices.create(writer)
            store_position(targets.values(), 0)
        written = _follow(writer, targets, progress)
        indices.switch(writer, targets)
        written += _follow(writer, targets)
        _remove_older(writer, targets)
    return written


def _made_by_newer_release(served: Iterable[Index]) -> bool:
    return any(not index.is_current and index.made_at > _STARTED for index in served)


def _follow(writer: Elasticsearch, targets: Targets, progress: Progress = _silent) -> int:
    """Write what changed behind the position of these indices; returns how many changes that were."""
    position = min(positions(targets.values()).values())
    behind = PublishedDocument.objects.filter(seq__gt=position).order_by("seq")
    documents, done, total = SearchDocuments(), 0, 0
    while position < (end := end_of_log()):
        rows = list(behind.filter(seq__gt=position).prefetch_related("facets")[:_AT_ONCE])
        total = total or behind.count()
        # Where as many follow, searches need not see these before them.
        write(writer, targets, *_changes(rows, documents), refresh=len(rows) < _AT_ONCE)
        position = rows[-1].seq if rows else end
        store_position(targets.values(), position)
        done += len(rows)
        progress(done, max(total, done))
    if done and not done % _AT_ONCE:
        writer.indices.refresh(index=[index.name for index in targets.values()])
    return done


def _changes(
    rows: Iterable[PublishedDocument], documents: SearchDocuments
) -> tuple[list[SearchDocument], list[Removed]]:
    changed = [documents.of(row) for row in rows if not row.removal]
    removed = [(row.content_id, row.locale, row.seq) for row in rows if row.removal]
    return changed, removed


def _remove_older(writer: Elasticsearch, kept: Targets) -> None:
    newest = max(index.moment for index in kept.values())
    old = [index for index in indices.existing(writer) if index.moment < newest]
    indices.remove(writer, old)
    forget_positions(old)


class Follower:
    """Follows the change log in a worker: asks the database often, Elasticsearch only where something changed and now
    and then.
    """

    def __init__(self) -> None:
        self._end = -1
        self._next_look = 0.0

    def __str__(self) -> str:
        return "Following the change log with Elasticsearch"

    def __call__(self) -> int:
        """Returns how many changes were written. Raises EngineUnavailable."""
        if not settings.ELASTICSEARCH_URL:
            return 0
        end = end_of_log()
        if end == self._end and time.monotonic() < self._next_look:
            return 0
        written = catch_up()
        self._end, self._next_look = end, time.monotonic() + _LOOK_SECONDS
        return written


def catch_up_softly(**_: Any) -> None:
    """After a command that changed much: at once where Elasticsearch answers, else the worker does it later."""
    if settings.ELASTICSEARCH_URL:
        with suppress(EngineUnavailable):
            catch_up()
