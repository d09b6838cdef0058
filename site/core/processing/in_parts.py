"""Split many values into batches small enough for one database query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

_AT_ONCE = 1000


def in_parts(values: Iterable[Value], size: int = _AT_ONCE) -> Iterator[list[Value]]:
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part
