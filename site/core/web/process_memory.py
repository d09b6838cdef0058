"""Cache what all public pages have in common, such as the menu, for as long as nothing that they show changes.

Every process has its own cache. It is used for the duration of a request for a public page (core.web.request_memory),
which asks once for the generation: two equal generations mean that no transaction has changed meanwhile what public
pages show. What changes by the clock alone must not be cached here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from core.web.request_memory import is_active, remembered

Value = TypeVar("Value")


class _Kept(NamedTuple):
    generation: Hashable
    values: dict[str, Any]


# Each returns the current generation, or None if it is not known, as in a transaction that has changed something.
# There is none without `caching`, which adds its own; then nothing is cached.
generations: list[Callable[[], Hashable | None]] = []
_kept = _Kept(None, {})


def kept(key: str, compute: Callable[[], Value]) -> Value:
    """Return the value of `compute()`, computed once per generation. Nobody may modify it: threads share it."""
    generation = remembered("generation", _current) if is_active() else None
    if generation is None:
        return remembered(key, compute)
    values = _values_of(generation)
    if key not in values:
        values[key] = compute()
    value: Value = values[key]
    return value


def forget() -> None:
    """Forget all values of this process."""
    _values_of(None)


def _current() -> Hashable | None:
    return generations[0]() if generations else None


def _values_of(generation: Hashable | None) -> dict[str, Any]:
    global _kept  # noqa: PLW0603 -- one cache for the process, replaced as a whole
    known = _kept
    if known.generation != generation:
        known = _kept = _Kept(generation, {})
    return known.values
