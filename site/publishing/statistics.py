"""SQLite chooses indexes well only where it has looked at its tables, which it never does unasked; PostgreSQL does."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

# Of each index; enough to tell one that finds a row from one that finds half of them.
_ROWS_LOOKED_AT = 1000
_EVERY_SECONDS = 6 * 3600.0


def analyze(**_: Any) -> None:
    """Let SQLite look at its tables: milliseconds, however large they are (https://www.sqlite.org/lang_analyze.html)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")


class Analysis:
    """A worker's chore: at its start, and now and then."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY_SECONDS
            analyze()
