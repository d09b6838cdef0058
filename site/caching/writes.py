"""Move the generation with every write that may change a public page, in the transaction of the write.

This stands below all ways to write: it sees each statement. The row is moved last, right before the commit, so that
nobody who holds it waits for anything else, and the order of the numbers is the order of the commits. Django has no
hook before a commit, nor after a rollback; delete `_moving_commit` and `_forgetting_rollback` when it has them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import changes_public_pages

_TABLE = "caching_generation"
_RETURNING = " RETURNING "
_MOVE = f"""
INSERT INTO {_TABLE} (id, number, token) VALUES (1, 1, %s)
ON CONFLICT (id) DO UPDATE SET number = {_TABLE}.number + 1, token = excluded.token RETURNING number
"""  # noqa: S608 -- a name of ours
_CURRENT = f"SELECT token FROM {_TABLE} WHERE id = 1"  # noqa: S608 -- a name of ours

Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


class Moved(NamedTuple):
    """A generation that has just been committed here."""

    number: int
    token: UUID


# Told of every generation that this process has committed.
listeners: list[Callable[[Moved], object]] = []


class _Writes:
    """What one connection has written since its last commit."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.are_public = False
        self.has_table = False

    def __call__(self, execute: Execute, sql: Any, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        if not (isinstance(sql, str) and changes_public_pages(sql)):
            return execute(sql, parameters, many, context)
        if self.connection.get_autocommit() and not self.connection.in_atomic_block:
            return self._alone(execute, sql, parameters, many, context)
        self.are_public = True
        return execute(sql, parameters, many, context)

    def _alone(self, execute: Execute, sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        """Execute a statement outside transactions, and move the generation with it.

        SQLite refuses to commit while rows that a statement returns are unread. It commits that statement by itself
        when they have been read, and what was executed meanwhile with it.
        """
        if self.connection.vendor == "sqlite" and _RETURNING in sql.upper():
            result = execute(sql, parameters, many, context)
            self.are_public = True
            if self.take():
                _tell(_move(self.connection))
            return result
        with transaction.atomic(using=self.connection.alias):
            self.are_public = True
            return execute(sql, parameters, many, context)

    def take(self) -> bool:
        """Return whether the generation must move with the commit, and begin anew."""
        are_public, self.are_public = self.are_public, False
        if are_public and not self.has_table:
            self.has_table = _TABLE in self.connection.introspection.table_names()
        return are_public and self.has_table


def watch_writes(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Watch a connection, once; called for each time it is opened."""
    if connection.alias == DEFAULT_DB_ALIAS and _writes_of(connection) is None:
        writes = _Writes(connection)
        connection.execute_wrappers.append(writes)
        connection.commit = partial(_moving_commit, writes, connection.commit)  # type: ignore[method-assign]
        connection.rollback = partial(_forgetting_rollback, writes, connection.rollback)  # type: ignore[method-assign]


def current_generation() -> str | None:
    """Return what identifies the generation; None if there is none yet, or if this connection is about to move it."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    writes = _writes_of(connection)
    if writes is None or writes.are_public:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        row = cursor.fetchone()
    return str(row[0]) if row else None


def public_change() -> None:
    """Move the generation with the current transaction, for a change that no statement shows."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    with transaction.atomic():
        writes = _writes_of(connection)
        if writes:
            writes.are_public = True


def _writes_of(connection: BaseDatabaseWrapper) -> _Writes | None:
    return next((each for each in connection.execute_wrappers if isinstance(each, _Writes)), None)


def _moving_commit(writes: _Writes, commit: Callable[[], object]) -> None:
    moved = _move(writes.connection) if writes.take() else None
    commit()
    if moved:
        _tell(moved)


def _forgetting_rollback(writes: _Writes, rollback: Callable[[], object]) -> None:
    rollback()
    writes.are_public = False


def _tell(moved: Moved) -> None:
    for listener in listeners:
        listener(moved)


def _move(connection: BaseDatabaseWrapper) -> Moved:
    if connection.vendor == "postgresql":
        # What the commit would check, and lock rows for, is checked while nobody waits for this transaction.
        connection.check_constraints()
    token = uuid4()
    with connection.cursor() as cursor:
        stored = token if connection.features.has_native_uuid_field else token.hex
        cursor.execute(_MOVE, [stored])
        return Moved(cursor.fetchone()[0], token)
