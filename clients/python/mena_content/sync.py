"""Keeps a copy exact: reads a snapshot once, then the changes, and starts over if the cursor has become too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from .errors import ClientError, CursorRefused
from .store import Entry, Key, Position, Store
from .types import Changes, Delete, Item, Upsert

Fetch = Callable[[str | None], Changes]
# One is normal after a long pause. More in one sync means that the API refuses the cursors it has just issued.
_MOST_RESTARTS = 3


@dataclass(frozen=True)
class SyncResult:
    """The outcome of a sync. `started_over`: all content was read, and content that no longer exists was removed."""

    upserted: int = 0
    removed: int = 0
    started_over: bool = False


def sync(fetch: Fetch, store: Store, scope: str) -> SyncResult:
    """Bring `store` up to date. If this is interrupted, the next call resumes after the last page that was applied.

    The copy is exact for this reason: each content has one latest change per language, with its `seq`, and a page of
    changes contains those after a given `seq`, in order. Content that changes while we read moves behind the part that
    we have read. When no page is left, we have therefore seen everything in its latest state. After starting over, an
    entry that has not been seen by then was removed so long ago that even its tombstone no longer exists.
    """
    position = store.position()
    if position is None or position.scope != scope:
        position = _start_over(store, scope)
    started_over = not position.complete
    upserted = removed = restarts = ends = 0
    # The end of a snapshot looks like the end of a delta; only a second end is certain to be that of a delta.
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
    """Apply a page to the store; return the numbers of entries stored and of removals on the page.

    Raise ClientError if the API returns the same cursor again, although it says that more follows.
    """
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
