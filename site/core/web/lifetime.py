"""How long a page that is being made may be kept.

While a page is made to be kept, `rendering` is active, and the code that makes it says what ends its life besides a
change in the database: a moment (`changes_at`, `ends_at`), or that it is for one reader only (`not_kept`). Without a
cache nothing of this does anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.http.response import HttpResponseBase
from django.utils import timezone

# Each returns the next moment after a given one at which public pages change without anybody writing: something
# expires, an event is over, the office opens. None: there is none to come.
clocks: list[Callable[[datetime], datetime | None]] = []

_TYPES = frozenset({"text/html", "application/xml"})
# What the address of a kept page is joined by; a response that varies with anything else is not kept.
_VARIES_WITH = frozenset({"accept-encoding", "save-data"})


@dataclass
class Lifetime:
    """`changes_at`: when the page must be made anew. `ends_at`: when not even an old copy may be shown any more."""

    began_at: datetime
    changes_at: datetime | None = None
    ends_at: datetime | None = None
    is_kept: bool = True
    database_is_away: bool = False


_lifetime: ContextVar[Lifetime | None] = ContextVar("lifetime", default=None)


@contextmanager
def rendering(*, is_kept: bool = True) -> Iterator[Lifetime]:
    """Collect what is said about the page that is made meanwhile, whether or not it is to be kept."""
    lifetime = Lifetime(timezone.now(), is_kept=is_kept)
    token = _lifetime.set(lifetime)
    try:
        yield lifetime
    finally:
        _lifetime.reset(token)


def current() -> Lifetime | None:
    """Return the lifetime of the page that is being made to be kept, if one is."""
    return _lifetime.get()


def not_kept() -> None:
    """Say that the page must be made for every request."""
    if lifetime := _lifetime.get():
        lifetime.is_kept = False


def changes_at(moment: datetime | None) -> None:
    """Say that the page shows something else from this moment on."""
    lifetime = _lifetime.get()
    if lifetime and moment:
        lifetime.changes_at = min(moment, lifetime.changes_at or moment)


def ends_at(moment: datetime | None) -> None:
    """Say that nobody may read the page from this moment on."""
    lifetime = _lifetime.get()
    if lifetime and moment:
        lifetime.ends_at = min(moment, lifetime.ends_at or moment)
        changes_at(moment)


def will_be_kept(response: HttpResponseBase) -> bool:
    """Return whether the response that is being made will be kept, and compressed by who keeps it."""
    lifetime = _lifetime.get()
    return lifetime is not None and lifetime.is_kept and may_be_kept(response)


def is_for_all(response: HttpResponseBase) -> bool:
    """Return whether a response depends on nothing of the visitor but what kept pages are distinguished by."""
    varies = {part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()}
    return not response.streaming and not response.cookies and varies <= _VARIES_WITH


def may_be_kept(response: HttpResponseBase) -> bool:
    """Return whether a response may be sent to others: its view says that it is public, and it is for all."""
    cached = {part.strip().lower() for part in response.get("Cache-Control", "").split(",")}
    return (
        response.status_code == HTTPStatus.OK
        and "public" in cached
        and not cached & {"no-store", "private"}
        and is_for_all(response)
        and response.get("Content-Type", "").partition(";")[0] in _TYPES
    )
