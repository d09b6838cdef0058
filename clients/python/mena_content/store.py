"""Stores for a copy of the content: in memory, in an SQLite file, or a store of your own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import NamedTuple, Protocol, Self, cast

from .types import Item


class Key(NamedTuple):
    content_id: str
    locale: str


class Entry(NamedTuple):
    """One content in one language, as the API returned it."""

    key: Key
    etag: str
    item: Item


class Position(NamedTuple):
    """The progress of a copy. `scope` says what it is a copy of; `complete`, whether it has ever been complete."""

    scope: str
    cursor: str | None
    complete: bool


class Store(Protocol):
    """The methods of a store that `Client.sync` needs.

    Each is one transaction: after a crash, all of its changes are stored or none.
    """

    def position(self) -> Position | None:
        """Return the position left by the last `start_over`, `apply` or `complete`; None for a new store."""

    def start_over(self, scope: str) -> None:
        """Mark every entry as not seen, and set the position to (scope, None, False). Remove nothing yet."""

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        """Store the entries and mark them as seen, remove the keys (ignoring unknown ones), and store the cursor."""

    def complete(self) -> int:
        """Remove every entry not seen since `start_over`, mark the copy as complete, and return the number removed."""


class MemoryStore:
    """A copy in memory, which is lost when the process ends."""

    def __init__(self) -> None:
        self.entries: dict[Key, Entry] = {}
        self._unseen: set[Key] = set()
        self._position: Position | None = None

    def position(self) -> Position | None:
        return self._position

    def start_over(self, scope: str) -> None:
        self._unseen = set(self.entries)
        self._position = Position(scope, None, complete=False)

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        if self._position is None:
            raise RuntimeError("start_over comes first")
        for entry in upserts:
            self.entries[entry.key] = entry
            self._unseen.discard(entry.key)
        for key in removed:
            self.entries.pop(key, None)
            self._unseen.discard(key)
        self._position = self._position._replace(cursor=cursor)

    def complete(self) -> int:
        if self._position is None:
            raise RuntimeError("start_over comes first")
        for key in self._unseen:
            del self.entries[key]
        count = len(self._unseen)
        self._unseen.clear()
        self._position = self._position._replace(complete=True)
        return count


class SqliteStore:
    """A copy in an SQLite file, for one process at a time. An interrupted sync resumes where it stopped."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS entry (
                content_id TEXT NOT NULL, locale TEXT NOT NULL, etag TEXT NOT NULL, item TEXT NOT NULL,
                seen INTEGER NOT NULL, PRIMARY KEY (content_id, locale)
            );
            CREATE TABLE IF NOT EXISTS position (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                scope TEXT NOT NULL, cursor TEXT, complete INTEGER NOT NULL
            );
            """
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def entries(self) -> Iterator[Entry]:
        """Yield all stored entries, ordered by content and language."""
        rows = self._database.execute("SELECT content_id, locale, etag, item FROM entry ORDER BY content_id, locale")
        for content_id, locale, etag, item in rows:
            yield Entry(Key(content_id, locale), etag, cast(Item, json.loads(item)))

    def get(self, content_id: str, locale: str) -> Item | None:
        found = self._database.execute(
            "SELECT item FROM entry WHERE content_id = ? AND locale = ?", (content_id, locale)
        ).fetchone()
        return cast(Item, json.loads(found[0])) if found else None

    def position(self) -> Position | None:
        found = self._database.execute("SELECT scope, cursor, complete FROM position").fetchone()
        return Position(found[0], found[1], bool(found[2])) if found else None

    def start_over(self, scope: str) -> None:
        with _Transaction(self._database):
            self._database.execute("UPDATE entry SET seen = 0")
            self._database.execute("INSERT OR REPLACE INTO position VALUES (1, ?, NULL, 0)", (scope,))

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        rows = [(*entry.key, entry.etag, json.dumps(entry.item, ensure_ascii=False)) for entry in upserts]
        with _Transaction(self._database):
            self._database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, 1)", rows)
            self._database.executemany("DELETE FROM entry WHERE content_id = ? AND locale = ?", removed)
            self._database.execute("UPDATE position SET cursor = ?", (cursor,))

    def complete(self) -> int:
        with _Transaction(self._database):
            count = self._database.execute("DELETE FROM entry WHERE seen = 0").rowcount
            self._database.execute("UPDATE position SET complete = 1")
        return count


class _Transaction:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        self._database.execute("ROLLBACK" if kind else "COMMIT")
