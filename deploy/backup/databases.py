"""The database in a backup: PostgreSQL's own archive, or a copy made by SQLite while the site runs.

What a backup must not keep is left out: sessions, which let in whoever reads them, and the counts of limits with the
salts of their hashes, which nobody is to resolve after a day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from .postgresql import PostgreSQL
from .sqlite import SQLite

# Tables whose rows are not backed up; the site fills them again.
NOT_KEPT = ("django_session", "core_ratesalt", "core_ratecount", "core_attemptcount")


class Database(Protocol):
    """`part` is the name of the file in the backup."""

    part: str

    def size(self) -> int:
        """Return about how many bytes the part will need at most."""

    def dump(self, path: Path, *, without: tuple[str, ...]) -> None:
        """Write the part, as of one moment. Raise BackupError if that fails."""

    def restore(self, path: Path) -> None:
        """Fill the empty database from the part, wholly or not at all. Raise BackupError if that fails."""


def this_database() -> Database:
    return PostgreSQL(connection) if connection.vendor == "postgresql" else SQLite(connection)
