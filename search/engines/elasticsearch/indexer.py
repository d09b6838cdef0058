"""Search follows the change log: published content is indexed and removed content is forgotten, in the order of `seq`.

The position of an index is stored after everything before it is in the index, so nothing is lost if a process ends at
any moment. Work that is then repeated, or done by several workers at once, does no harm, because an index skips
anything older than what it has.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings

from publishing.models import PublishedDocument
from search.documents import SearchDocument, SearchDocuments
from search.engines.base import EngineUnavailable

from . import indices
from .client import WRITE_SECONDS, client, failures
from .indices import Index
from .state import Targets, end_of_log, forget_positions, is_complete, positions, store_position
from .writer import Removed, write

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_AT_ONCE = 500
# How often the indices themselves are checked while the change log stands still.
_LOOK_SECONDS = 5.0
# Indices created after this process began belong to another release and are left to it.
_STARTED = time.time()
Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


def catch_up() -> int:
    """Bring the indices that searches go to up to the end of the change log; return how many changes that took.

    Build them first if there are none that are complete and of this version. Raise EngineUnavailable if Elasticsearch
    fails.
    """
    with failures():
        writer = client(WRITE_SECONDS)
        targets = indices.served(indices.existing(writer))
        if is_complete(targets):
            return _follow(writer, targets)
        return 0 if _made_by_newer_release(targets.values()) else build()


def build(progress: Progress = _silent, *, anew: bool = False) -> int:
    """Fill indices of this version and direct searches to them; return how many changes were written.

    Continue an earlier build that was interrupted, unless `anew`. Changes made meanwhile come after the position, so
    they are included too.
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
    """Write the changes after the position of these indices; return how many there were."""
    position = min(positions(targets.values()).values())
    behind = PublishedDocument.objects.filter(seq__gt=position).order_by("seq")
    documents, done, total = SearchDocuments(), 0, 0
    while position < (end := end_of_log()):
        rows = list(behind.filter(seq__gt=position).prefetch_related("facets")[:_AT_ONCE])
        total = total or behind.count()
        # After a full batch more may follow, so searches need not see it yet.
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


class Indexer:
    """Follows the change log in a worker: queries the database often, but Elasticsearch only after a change and now and
    then.
    """

    def __init__(self) -> None:
        self._end = -1
        self._next_look = 0.0

    def __str__(self) -> str:
        return "Following the change log with Elasticsearch"

    def __call__(self) -> int:
        """Return how many changes were written. Raise EngineUnavailable if Elasticsearch fails."""
        if not settings.ELASTICSEARCH_URL:
            return 0
        end = end_of_log()
        if end == self._end and time.monotonic() < self._next_look:
            return 0
        written = catch_up()
        self._end, self._next_look = end, time.monotonic() + _LOOK_SECONDS
        return written


def catch_up_softly(**_: Any) -> None:
    """Catch up after a command that changed much, if Elasticsearch answers; otherwise the worker does it later."""
    if settings.ELASTICSEARCH_URL:
        with suppress(EngineUnavailable):
            catch_up()
