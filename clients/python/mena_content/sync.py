"""Keeping a copy exact: a snapshot once, then what changed, and everything anew where the cursor has become too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from .errors import ClientError, CursorRefused
from .store import Entry, Key, Position, Store
from .types import Changes, Delete, Item, Upsert

Fetch = Callable[[str | None], Changes]
# One is usual after a long pause. More in one sync means that the API refuses the cursors that it has just given.
_MOST_RESTARTS = 3


@dataclass(frozen=True)
class SyncResult:
    """What a sync did. `started_over`: the whole content was read, and what is no longer there was removed."""

    upserted: int = 0
    removed: int = 0
    started_over: bool = False


def sync(fetch: Fetch, store: Store, scope: str) -> SyncResult:
    """Bring `store` up to date. It may be interrupted anywhere: the next one goes on from the last page applied.

    Why the copy is exact: every content and language has one latest change, at its `seq`, and a page of changes holds
    those after a `seq`, in order. Whatever changes while we read moves behind what we have read. So when nothing
    follows, each one has been seen in its latest state. After starting over, what has not been seen by then was removed
    so long ago that even its tombstone is gone.
    """
    position = store.position()
    if position is None or position.scope != scope:
        position = _start_over(store, scope)
    started_over = not position.complete
    upserted = removed = restarts = ends = 0
    # The end of a snapshot looks like the end of a delta: only the second end is surely that of a delta.
    while ends < (1 if position.complete else 2):
        try:
            page = fetch(position.cursor)
        except CursorRefused:
            restarts += 1
            if position.cursor is None or restarts > _MOST_RESTARTS:
                raise
            position, started_over, ends = _start_over(store, scope), True, 0
            continue
        put, gone = _apply(page, position, store)
        position = position._replace(cursor=page["next_since"])
        upserted, removed, ends = upserted + put, removed + gone, ends + (not page["has_more"])
    if not position.complete:
        removed += store.complete()
    return SyncResult(upserted, removed, started_over)


def _apply(page: Changes, position: Position, store: Store) -> tuple[int, int]:
    """Returns how many entries were put and how many removals were told."""
    if page["has_more"] and page["next_since"] == position.cursor:
        raise ClientError("The API says that more follows, and gives the same cursor again.")
    upserts = [_entry(change) for change in page["changes"] if change["op"] == "upsert"]
    gone = [_key(change) for change in page["changes"] if change["op"] == "delete"]
    store.apply(upserts, gone, page["next_since"])
    return len(upserts), len(gone)


def _start_over(store: Store, scope: str) -> Position:
    store.start_over(scope)
    return Position(scope, None, complete=False)


def _key(change: Upsert | Delete) -> Key:
    return Key(change["content_id"], change["locale"])


def _entry(change: Upsert) -> Entry:
    return Entry(_key(change), change["etag"], cast(Item, change.get("item")))
