"""Table statistics, which SQLite needs to choose indexes well and, unlike PostgreSQL, never gathers by itself."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

# Rows sampled per index; enough to tell an index that finds one row from one that finds half the table.
_ROWS_LOOKED_AT = 1000
_EVERY_SECONDS = 6 * 3600.0


def analyze(**_: Any) -> None:
    """Let SQLite analyse its tables, in milliseconds whatever their size (https://www.sqlite.org/lang_analyze.html)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")


class Analysis:
    """A worker's chore that runs at its start and at intervals."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY_SECONDS
            analyze()
