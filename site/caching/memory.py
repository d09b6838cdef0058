"""The pages that a process keeps in memory: those that were asked for last, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict

from .entries import Entry


class Memory:
    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry:
                self._entries.move_to_end(key)
            return entry

    def put(self, entry: Entry) -> None:
        with self._lock:
            self._forget(entry.key)
            self._entries[entry.key] = entry
            self._size += entry.size
            while self._size > self._most:
                self._forget(next(iter(self._entries)))

    def forget(self, key: str) -> None:
        with self._lock:
            self._forget(key)

    def _forget(self, key: str) -> None:
        before = self._entries.pop(key, None)
        if before:
            self._size -= before.size


class Sections:
    """Two memories: addresses with a query, of which anybody can invent as many as they like, have a quarter."""

    def __init__(self, most: int) -> None:
        self._plain, self._with_query = Memory(most - most // 4), Memory(most // 4)

    def of(self, has_query: bool) -> Memory:
        return self._with_query if has_query else self._plain
