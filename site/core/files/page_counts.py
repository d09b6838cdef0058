"""Count the pages of PDF files, which tell readers how long a file is. The worker counts them, in a process with
limits: a slow file does not delay an editor.
"""

from __future__ import annotations

import logging

from django.db.models import QuerySet

from core.files.pdf import page_count
from core.models import ContentDocument
from core.processing.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)


class PageCounts:
    """A follower of the worker, in a thread of its own."""

    def __str__(self) -> str:
        return "Counting the pages of PDF files"

    def __call__(self) -> int:
        """Count the pages of the file that has waited longest; return how many files were counted."""
        waiting = _waiting().order_by("pk").first()
        if waiting is None:
            return 0
        note_pages(waiting, _pages_of(waiting))
        return 1


def note_pages(document: ContentDocument, pages: int | None) -> None:
    """Store how many pages the file of a document has. Whatever shows the document is notified once. A file that was
    replaced meanwhile is left for the next run.
    """
    with unit_of_work():
        stored = _waiting().select_for_update().filter(pk=document.pk, sha256=document.sha256).first()
        if stored is None:
            return
        stored.pages, stored.awaits_page_count = pages, False
        stored.save(update_fields=["pages", "awaits_page_count"])


def _waiting() -> QuerySet[ContentDocument]:
    waiting: QuerySet[ContentDocument] = ContentDocument.objects.filter(awaits_page_count=True)
    return waiting


def _pages_of(document: ContentDocument) -> int | None:
    """Return the number of pages; None if the file is damaged, locked with a password or lost."""
    try:
        with document.open_file() as file:
            return page_count(file)
    except OSError as error:
        logger.warning("The file of document %s cannot be read (%s)", document.pk, error)
        return None
