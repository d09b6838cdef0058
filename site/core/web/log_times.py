"""Times in the log: UTC, as RFC 3339 writes them, so that no hour comes twice when clocks go back."""

from __future__ import annotations

import logging
from datetime import UTC, datetime


class UtcFormatter(logging.Formatter):
    """A formatter whose `asctime` is like 2026-12-01T22:15:00.123Z."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return moment.replace("+00:00", "Z")
