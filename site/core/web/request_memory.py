"""Cache what a public page needs from the database more than once, for the duration of one request.

Outside a request for a public page (admin, commands, tests of functions) nothing is cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")

_memory: ContextVar[dict[str, Any] | None] = ContextVar("request_memory", default=None)


@contextmanager
def request_memory() -> Iterator[None]:
    """Cache from here on; clear the cache at the end."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


@contextmanager
def shared_memory() -> Iterator[None]:
    """Cache from here on, unless a cache is already active."""
    if _memory.get() is not None:
        yield
        return
    with request_memory():
        yield


def is_active() -> bool:
    """Return whether a request for a public page is being answered."""
    return _memory.get() is not None


def remembered(key: str, compute: Callable[[], Value]) -> Value:
    """Return the value of `compute()`, computed once per request."""
    memory = _memory.get()
    if memory is None:
        return compute()
    if key not in memory:
        memory[key] = compute()
    value: Value = memory[key]
    return value
