"""Databases that are kept and copied: SQLite as a file, PostgreSQL as a template beside the database of the tests."""

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
    """A file in the folder of what is kept; tests work on it in memory."""

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
        """Connect to the database `name`, with what is kept."""
        self._use(name)
        with closing(sqlite3.connect(folder / "database.sqlite3")) as kept:
            kept.backup(self.connection.connection)

    def drop(self) -> None:
        """Closed, it is gone."""
        self.connection.creation.destroy_test_db(self.connection.settings_dict["NAME"], 0)

    def forget(self, kept: Iterable[Path]) -> None:
        """The file went with its folder."""

    def _use(self, name: str) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()


class PostgreSQL:
    """A database of the same server, of which every process makes its copy. It is named after the checkout too: the
    files that it names are kept there.
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
        """Connect to the database `name`, with what is kept in place of what is in it."""
        self.connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{self._name(folder)}"')
        self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()

    def drop(self) -> None:
        name = self.connection.settings_dict["NAME"]
        self.connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def forget(self, kept: Iterable[Path]) -> None:
        """Drop all databases of this checkout but those of the folders that are kept."""
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
