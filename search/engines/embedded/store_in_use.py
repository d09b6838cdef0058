"""Choose the store for the database in use."""

from __future__ import annotations

from django.db import connection

from .stores import Store


def store() -> Store:
    """Return the store for the database in use."""
    if connection.vendor == "postgresql":
        from .postgresql import PostgresqlStore

        return PostgresqlStore()
    from .sqlite import SqliteStore

    return SqliteStore()
