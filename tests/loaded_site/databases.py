"""Databases to keep and copy: a file for SQLite, a template database on the tests' server for PostgreSQL."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from .evidence import ROOT


def databases_of(connection: Any) -> Sqlite | PostgreSQL:
    return (PostgreSQL if connection.vendor == "postgresql" else Sqlite)(connection)


class Sqlite:
    """Keeps a file in the folder of the kept site; tests work on a copy in memory."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.place = "sqlite"
        # In memory.
        self.building = None

    def keep(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "database.sqlite3")) as kept:
            self.connection.connection.backup(kept)

    def is_kept(self, folder: Path) -> bool:
        return (folder / "database.sqlite3").exists()

    def copy(self, folder: Path, name: str) -> None:
        """Connect to the database `name`, filled with the kept content."""
        self._use(name)
        with closing(sqlite3.connect(folder / "database.sqlite3")) as kept:
            kept.backup(self.connection.connection)

    def drop(self) -> None:
        """Close the database, which deletes it."""
        self.connection.creation.destroy_test_db(self.connection.settings_dict["NAME"], 0)

    def forget(self, kept: Iterable[Path]) -> None:
        """Do nothing: the file was deleted with its folder."""

    def _use(self, name: str) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()


class PostgreSQL:
    """Keeps a database on the same server, which every process copies.

    Its name includes the checkout, because the files that its rows refer to are kept there.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        server = "{HOST}:{PORT}".format(**connection.settings_dict)
        self.place = f"postgresql-{hashlib.sha256(server.encode()).hexdigest()[:8]}"
        self._prefix = f"kept_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"
        self.building = f"building_{self._prefix}"

    def keep(self, folder: Path) -> None:
        name = self.connection.settings_dict["NAME"]
        self.connection.close()
        self._run(f'CREATE DATABASE "{self._name(folder)}" TEMPLATE "{name}"')

    def is_kept(self, folder: Path) -> bool:
        return self._name(folder) in self._names()

    def copy(self, folder: Path, name: str) -> None:
        """Connect to the database `name`, after replacing it with a copy of the kept one."""
        self.connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{self._name(folder)}"')
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()

    def drop(self) -> None:
        name = self.connection.settings_dict["NAME"]
        self.connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def forget(self, kept: Iterable[Path]) -> None:
        """Drop all databases of this checkout except those of the kept folders."""
        names = {self._name(folder) for folder in kept}
        self._run(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in self._names() if name not in names))

    def _name(self, folder: Path) -> str:
        return self._prefix + folder.name

    def _names(self) -> list[str]:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self._prefix])
            return [name for (name,) in cursor.fetchall()]

    def _run(self, *statements: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
