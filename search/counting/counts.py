"""Count searches by day, without recording anything about the people who search."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from .models import SearchCount

logger = logging.getLogger(__name__)

# The report shows a text only if it was searched for this often, so that what one person typed stays unseen.
LEAST_SEARCHES = 3
KEPT_DAYS = 90
_LONGEST = 80
_MOST_WORDS = 10
# Text that may identify a person: an e-mail address, or the digits of a telephone, passport or case number.
_PERSONAL = re.compile(r"@|(?:\d[\s./()-]*){6}")
_UPSERT = """
    INSERT INTO search_searchcount (day, language, text, results, count) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (day, language, text)
    DO UPDATE SET count = search_searchcount.count + 1, results = excluded.results
"""


def count_search(text: str, language: str, results: int) -> None:
    """Count one search, unless its text may identify a person. The search is answered even if it cannot be counted."""
    words = counted_text(text)
    if not words:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_UPSERT, (timezone.localdate(), language, words, results))
    except DatabaseError as error:
        logger.warning("A search was not counted: %s", type(error).__name__)


def counted_text(text: str) -> str:
    """Return the text as it is counted, in lowercase with single spaces; empty if it is not counted."""
    words = " ".join(text.casefold().split())
    if len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or _PERSONAL.search(words):
        return ""
    return words


def purge_counts() -> int:
    """Delete the counts older than KEPT_DAYS; return how many were deleted."""
    old = SearchCount.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
