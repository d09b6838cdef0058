"""Caches of answers with their ETag, so that unchanged content is not sent again."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple, Protocol


class CachedAnswer(NamedTuple):
    etag: str
    body: bytes


class Cache(Protocol):
    """Keeps answers by address. You may write a cache of your own, for example one on disk."""

    def get(self, address: str) -> CachedAnswer | None: ...

    def put(self, address: str, answer: CachedAnswer) -> None: ...


class MemoryCache:
    """Keeps the most recently used answers in memory, at most `size` of them."""

    def __init__(self, size: int = 500) -> None:
        self._size = size
        self._answers: OrderedDict[str, CachedAnswer] = OrderedDict()

    def get(self, address: str) -> CachedAnswer | None:
        if address in self._answers:
            self._answers.move_to_end(address)
        return self._answers.get(address)

    def put(self, address: str, answer: CachedAnswer) -> None:
        self._answers[address] = answer
        self._answers.move_to_end(address)
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)
