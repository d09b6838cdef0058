"""What is counted or put in order among the published documents is kept while they stay as they are.

Every process keeps it for itself, and asks the database in which state the documents are once a request. A state that
was undone with its transaction has a token that never comes again, so nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from django.db.models import Subquery
from django.utils import timezone

from core.request_memory import remembered
from publishing.models import PublishedDocument, Sequence

from .prepared import NOW, PreparedQuery

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

# How many answers of a kind are kept: those that are asked for again and again.
_KEPT = 1024


class State(NamedTuple):
    """Two equal states have the same public documents. `last`: the last `seq` given out; `next_expiry`: when the next
    document stops being public, which nobody writes down at that moment.
    """

    last: int = 0
    token: UUID | None = None
    next_expiry: datetime | None = None


def current_state() -> State:
    """The state of the documents now. One query a request."""
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
    """What the function returns, computed once in each state of the documents. Its arguments are hashable and given by
    position; nobody changes what it returns.
    """

    @lru_cache(_KEPT)
    def computed(state: State, *values: Hashable) -> Any:
        return function(*values)  # type: ignore[call-arg, arg-type]

    @wraps(function)
    def current(*values: Parameters.args, **_: Parameters.kwargs) -> Value:
        found: Value = computed(current_state(), *values)
        return found

    return current
