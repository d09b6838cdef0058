"""Search follows the change log: what is published is indexed, what is removed is forgotten, in the order of `seq`.

The position of an index is stored after what came before it is in the index, so that nothing is lost when anything ends
at any moment; what is then done twice does no harm, since an index leaves out what is older than what it knows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from django.db.models import Max
from elasticsearch import Elasticsearch

from core.languages import LANGUAGE_CODES
from publishing.models import PublishedDocument

from .documents import SearchDocuments
from .engines.elasticsearch import indices
from .engines.elasticsearch.client import WRITE_SECONDS, client, failures
from .engines.elasticsearch.indices import Index
from .engines.elasticsearch.writing import write
from .models import IndexPosition

logger = logging.getLogger(__name__)

_AT_ONCE = 500
Progress = Callable[[int, int], None]
Targets = Mapping[str, Index]


def _silent(done: int, total: int) -> None:
    pass


def end_of_log() -> int:
    """The last change that is committed. No change that is committed later gets a lower number."""
    return PublishedDocument.objects.aggregate(last=Max("seq"))["last"] or 0


def catch_up() -> int:
    """Bring the indices that searches go to up to the end of the change log; returns how many changes that took.
    Without complete indices of the current version it makes them first.
    """
    with failures():
        writer = client(WRITE_SECONDS)
        targets = indices.served(indices.existing(writer))
        if not is_complete(targets):
            return build()
        return follow(writer, targets)


def build(progress: Progress = _silent, *, anew: bool = False) -> int:
    """Fill indices of the current version and let searches go to them; returns how many documents were written.
    Goes on where an earlier build was interrupted, unless `anew`.
    """
    with failures():
        writer = client(WRITE_SECONDS)
        targets = {} if anew else indices.unfinished(indices.existing(writer))
        targets = targets or indices.create(writer)
        _store(targets, min(_positions(targets).values(), default=0))
        written = follow(writer, targets, progress)
        indices.switch(writer, targets)
        written += follow(writer, targets)
        _remove_older(writer, targets)
    return written


def is_complete(targets: Targets) -> bool:
    """Whether these are indices of the current version for all languages, filled to a position that the change log
    knows.
    """
    if set(targets) != set(LANGUAGE_CODES) or not all(index.is_current for index in targets.values()):
        return False
    positions = _positions(targets)
    return len(positions) == len(targets) and max(positions.values()) <= end_of_log()


def follow(writer: Elasticsearch, targets: Targets, progress: Progress = _silent) -> int:
    """Write what changed behind the position of these indices; returns how many changes that were."""
    position = min(_positions(targets).values(), default=0)
    documents, done = SearchDocuments(), 0
    end = end_of_log()
    total = PublishedDocument.objects.filter(seq__gt=position).count() if position < end else 0
    while position < end:
        rows = list(
            islice(
                PublishedDocument.objects.filter(seq__gt=position).order_by("seq").prefetch_related("facets"), _AT_ONCE
            )
        )
        if not rows:
            break
        write(writer, targets, *_changes(rows, documents))
        position = rows[-1].seq
        _store(targets, position)
        done += len(rows)
        progress(done, max(total, done))
    return done


def _changes(rows: Iterable[PublishedDocument], documents: SearchDocuments):
    changed = [documents.of(row) for row in rows if not row.removal]
    removed = [(row.content_id, row.locale, row.seq) for row in rows if row.removal]
    return changed, removed


def _positions(targets: Targets) -> dict[str, int]:
    wanted = [index.uuid for index in targets.values()]
    return dict(IndexPosition.objects.filter(index__in=wanted).values_list("index", "seq"))


def _store(targets: Targets, seq: int) -> None:
    IndexPosition.objects.bulk_create(
        [IndexPosition(index=index.uuid, seq=seq) for index in targets.values()],
        update_conflicts=True,
        unique_fields=["index"],
        update_fields=["seq", "updated_at"],
    )


def _remove_older(writer: Elasticsearch, kept: Targets) -> None:
    newest = max(index.moment for index in kept.values())
    old = [index for index in indices.existing(writer) if index.moment < newest]
    indices.remove(writer, old)
    IndexPosition.objects.filter(index__in=[index.uuid for index in old]).delete()
