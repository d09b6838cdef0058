"""Wagtail's search in the database, which on SQLite fails at a quotation mark; here it takes it for a blank."""

from __future__ import annotations

from typing import Any

from modelsearch.backends import database


def SearchBackend(parameters: dict[str, Any]) -> Any:
    backend = database.SearchBackend(parameters)
    if type(backend).__name__ != "SQLiteSearchBackend":
        return backend
    from .sqlite import SQLiteSearchBackend

    return SQLiteSearchBackend(parameters)
