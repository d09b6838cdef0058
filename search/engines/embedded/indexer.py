"""Update the index as content is published, in the same transactions, and rebuild it if it is missing or was built by
older rules.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from core.places.countries import table_digest
from core.processing.progress import Progress as ProgressLine
from publishing.models import PublishedDocument, Sequence
from publishing.publish import Progress
from search import analysis
from search.documents import SearchDocuments
from search.engines.models import IndexPosition

from .models import EmbeddedEntry
from .writer import write

_AT_ONCE = 200
_NAME = "embedded "

logger = logging.getLogger(__name__)


def follow(rows: Iterable[PublishedDocument], **_kwargs: Any) -> None:
    """Index published documents and forget removed ones: a receiver of `documents_written`."""
    kept = list(rows)
    standing = [row for row in kept if not row.removal]
    prefetch_related_objects(standing, "facets")
    documents = SearchDocuments()
    write(map(documents.of, standing), [(row.content_id, row.locale) for row in kept if row.removal])


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Index every document again while the old index answers; return how many there are.

    Publishing waits for each part, never for the whole.
    """
    wanted = list(PublishedDocument.objects.filter(removal="").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(wanted), _AT_ONCE):
        with transaction.atomic():
            Sequence.objects.select_for_update().filter(pk=1).first()
            rows = PublishedDocument.objects.filter(pk__in=wanted[start : start + _AT_ONCE])
            follow(rows)
        progress(min(start + _AT_ONCE, len(wanted)), len(wanted))
    with transaction.atomic():
        Sequence.objects.select_for_update().filter(pk=1).first()
        standing = PublishedDocument.objects.filter(removal="").values_list("content_id", "locale")
        write((), set(EmbeddedEntry.objects.values_list("content_id", "language")) - set(standing))
        IndexPosition.objects.filter(index__startswith=_NAME).delete()
        IndexPosition.objects.create(index=_version(), seq=0)
    return len(wanted)


def rebuild_if_outdated(sender: Any, verbosity: int = 0, **_kwargs: Any) -> None:
    """Fill the index after migrations if it was never filled, or if the rules of analysis have changed since."""
    tables = set(connection.introspection.table_names())
    needed = {model._meta.db_table for model in (EmbeddedEntry, IndexPosition, PublishedDocument, Sequence)}
    if needed <= tables and not IndexPosition.objects.filter(index=_version()).exists():
        with ProgressLine(OutputWrapper(sys.stderr), verbosity) as progress:
            number = rebuild(progress)
        logger.info("Indexed %d documents for searching in the database", number)


@cache
def _version() -> str:
    """Return a version that changes with every rule by which text is indexed."""
    digest = hashlib.sha256(table_digest().encode())
    for folder in (Path(analysis.__file__).parent, Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".txt" or path.name in _RULES:
                digest.update(path.read_bytes())
    return _NAME + digest.hexdigest()[:32]


_RULES = (
    "analyser.py",
    "arabic.py",
    "characters.py",
    "latin.py",
    "kinship.py",
    "text.py",
    "sqlite.py",
    "postgresql.py",
)
