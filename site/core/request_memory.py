"""What a public page asks of the database more than once is asked once: remembered for the length of one request.

Outside a request for a public page (admin, commands, tests of functions) nothing is remembered.
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
    """Remember from here on; forget at the end."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


@contextmanager
def shared_memory() -> Iterator[None]:
    """Remember from here on, unless that is done already."""
    if _memory.get() is not None:
        yield
        return
    with request_memory():
        yield


def remembered(key: str, compute: Callable[[], Value]) -> Value:
    """The value of `compute()`, computed once in a request."""
    memory = _memory.get()
    if memory is None:
        return compute()
    if key not in memory:
        memory[key] = compute()
    value: Value = memory[key]
    return value
