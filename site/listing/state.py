"""A cache of counts and orders of the published documents, valid while the documents stay unchanged.

Every process has its own cache and queries the state of the documents once per request. The token of a state that was
rolled back with its transaction never comes back, so nothing cached for that state is used.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Subquery
from django.utils import timezone

from core.web.request_memory import remembered
from publishing.models import PublishedDocument, Sequence

from .prepared import NOW, PreparedQuery

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

# How many results of each function are kept: those that are requested again and again.
_KEPT = 1024


class State(NamedTuple):
    """A state of the public documents: if two are equal, so are the documents. `last` is the last `seq` issued;
    `next_expiry` is when the next document stops being public, which is not recorded when it happens.
    """

    last: int = 0
    token: UUID | None = None
    next_expiry: datetime | None = None


def current_state() -> State:
    """Return the current state of the documents. One query per request."""
    return remembered("state of the published documents", _asked)


def _asked() -> State:
    rows = _state_query().ask(now=timezone.now())
    return State(*rows[0]) if rows else State()


@cache
def _state_query() -> PreparedQuery:
    expiring = PublishedDocument.objects.filter(expires_at__gt=NOW).order_by("expires_at").values("expires_at")[:1]
    rows = Sequence.objects.filter(pk=1).annotate(next_expiry=Subquery(expiring))
    return PreparedQuery(rows, "last", "token", "next_expiry")


def kept(function: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """Cache what the function returns for each state of the documents. Arguments must be hashable and positional, and
    callers must not modify the result.
    """

    @lru_cache(_KEPT)
    def computed(state: State, *values: Hashable) -> Any:
        return function(*values)  # type: ignore[call-arg, arg-type]

    @wraps(function)
    def current(*values: Parameters.args, **_: Parameters.kwargs) -> Value:
        found: Value = computed(current_state(), *values)
        return found

    return current
