"""Count in all processes of this machine, for limits that are asked at every request and end within minutes.

The counts are in a file of SQLite which nobody needs after a restart: nothing waits for the disk. If the file cannot be
written, each process counts for itself. What several machines must count together, or what is asked rarely, is counted
in the site's database (core.security.rate_limits).
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from pathlib import Path

logger = logging.getLogger(__name__)

# How long a process waits for others, in seconds. A count takes some microseconds.
_PATIENCE = 2.0
# How long a count is kept after its end, in seconds, for what is given back late.
_GRACE = 60
_PREPARE = """
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, amount INTEGER NOT NULL, ends INTEGER NOT NULL) WITHOUT ROWID;
"""
_ADD = """
INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET amount = amount + excluded.amount RETURNING amount
"""


class SharedCounts:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._own = _prepared(":memory:")
        self._shared: sqlite3.Connection | None = None
        # The process that opened the connection: one that is forked from it must neither use nor close it.
        self._process = 0
        self._of_others: list[sqlite3.Connection | None] = []
        self._newest = 0
        self._warned = 0

    def add(self, key: str, amount: int, ends: int) -> int:
        """Add to what is counted under a key, and return the sum. `ends`: when it ends, in seconds since 1970."""
        with self._lock:
            try:
                return self._add(self._connection(), key, amount, ends)
            except (sqlite3.Error, OSError) as error:
                self._warn(error, ends)
                self._shared = None
                return self._add(self._own, key, amount, ends)

    def forget(self) -> None:
        """Forget all counts."""
        with self._lock:
            for connection in filter(None, (self._own, self._shared)):
                connection.execute("DELETE FROM counts")

    def _add(self, connection: sqlite3.Connection, key: str, amount: int, ends: int) -> int:
        if ends > self._newest:
            self._newest = ends
            connection.execute("DELETE FROM counts WHERE ends < ?", [ends - _GRACE])
            # The log would keep what is deleted.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return int(connection.execute(_ADD, [key, amount, ends]).fetchone()[0])

    def _connection(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            self._of_others.append(self._shared)
            self._shared = None
        if self._shared is None:
            self._shared, self._process = _opened(self._path), os.getpid()
        return self._shared

    def _warn(self, error: sqlite3.Error | OSError, ends: int) -> None:
        if ends != self._warned:
            self._warned = ends
            logger.warning("Each process counts for itself, since %s cannot be used: %s", self._path, error)


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file. While several processes make it at once, SQLite refuses instead of waiting."""
    path.touch(0o600)
    patience_ends = time.monotonic() + _PATIENCE
    while True:
        try:
            return _prepared(str(path))
        except sqlite3.OperationalError:
            if time.monotonic() > patience_ends:
                raise
            time.sleep(0.01)


def _prepared(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    # A process that is killed leaves the file whole.
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.executescript(_PREPARE)
    return connection
