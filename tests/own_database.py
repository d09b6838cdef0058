"""Gives a test its own database, in which its changes are committed, so that other processes see them."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import load_backend


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Replace the test database by a copy of it, and yield the copy's address in the form of DATABASE_URL."""
    shared: Any = connections["default"]
    postgresql = shared.vendor == "postgresql"
    name = f"own_{uuid.uuid4().hex[:12]}" if postgresql else str(folder / "own.sqlite3")
    copy, drop = (_copy_postgresql, _drop_postgresql) if postgresql else (_copy_sqlite, _drop_sqlite)
    copy(shared, name)
    try:
        with connected_to(name):
            yield _address({**shared.settings_dict, "NAME": name}) if postgresql else f"sqlite:///{name}"
    finally:
        drop(shared, name)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Replace the connection by one to another database of the same engine: its name, or the path of its file."""
    before: Any = connections["default"]
    options = {} if before.vendor == "postgresql" else {"transaction_mode": "IMMEDIATE", "timeout": 20}
    settings = {**before.settings_dict, "NAME": name, "OPTIONS": options}
    own = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = before


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Yield the address of a database without tables, on the engine of the tests."""
    server: Any = connections["default"]
    if server.vendor != "postgresql":
        yield f"sqlite:///{folder / 'empty.sqlite3'}"
        return
    name = f"empty_{uuid.uuid4().hex[:12]}"
    with server._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _address({**server.settings_dict, "NAME": name})
    finally:
        _drop_postgresql(server, name)


def _address(settings: dict[str, Any]) -> str:
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)


def _copy_sqlite(shared: Any, name: str) -> None:
    """Copy the serialized database, because a backup would wait for the end of the test's own transaction."""
    shared.ensure_connection()
    Path(name).write_bytes(shared.connection.serialize())
    target = sqlite3.connect(name)
    target.execute("PRAGMA journal_mode=WAL")
    target.close()


def _drop_sqlite(shared: Any, name: str) -> None:
    Path(name).unlink()


def _copy_postgresql(shared: Any, name: str) -> None:
    """Copy the database after disconnecting, because PostgreSQL copies only databases without connections."""
    original = shared.settings_dict["NAME"]
    shared.close()
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')


def _drop_postgresql(shared: Any, name: str) -> None:
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
