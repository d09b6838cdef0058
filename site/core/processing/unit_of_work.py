"""One transaction for one change as a person sees it, with its consequences carried out once, at its end.

An editor's "publish" saves a page several times; a content bundle saves hundreds of pages. The consequences (such as
rebuilding the published documents) are requested at every step, and carried out once before the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

Follow = Callable[[set[Any]], object]

_pending: ContextVar[dict[Follow, set[Any]] | None] = ContextVar("unit_of_work", default=None)


# Code that moves pages holds the lock exclusively, other code that changes content shares it: a page is saved with its
# place in the tree, and a place that was read before a move must not be written after it. The number is "tree" in
# ASCII.
_TREE_LOCK = 0x74726565


@contextmanager
def unit_of_work(*, changes_tree: bool = False) -> Iterator[None]:
    """Run a transaction that ends with everything that `at_end` was called with. A nested one is part of the outer one.
    `changes_tree`: whether it adds, moves or deletes pages.
    """
    if _pending.get() is not None:
        with transaction.atomic():
            yield
        return
    token = _pending.set({})
    try:
        with transaction.atomic():
            _lock_tree(alone=changes_tree)
            yield
            _do_pending()
    finally:
        _pending.reset(token)


def at_end(follow: Follow, items: Iterable[Any]) -> None:
    """Call `follow` with these and all other items given for it when the unit of work ends; at once outside of one."""
    pending = _pending.get()
    if pending is None:
        follow(set(items))
    else:
        pending.setdefault(follow, set()).update(items)


def _do_pending() -> None:
    pending = _pending.get() or {}
    if pending:
        _check_references()
    while pending:
        follow = next(iter(pending))
        follow(pending.pop(follow))


def _check_references() -> None:
    """Make PostgreSQL check now what it would check at the commit. The rows that the check must lock are then locked
    before later steps lock anything, so that two units of work never deadlock.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _lock_tree(*, alone: bool) -> None:
    """Lock the tree until the end of the transaction. SQLite allows only one writing transaction at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [_TREE_LOCK])
