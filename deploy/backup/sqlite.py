"""Copy an SQLite database by its own API, which neither stops the site nor misses what is in the write-ahead log."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .errors import BackupError

# https://www.sqlite.org/fileformat.html
_BEGINNING = b"SQLite format 3\0"


class SQLite:
    part = "database.sqlite3"

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._path = Path(connection.settings_dict["NAME"])

    def size(self) -> int:
        """The copy is packed once more in place, which needs as much again."""
        return 2 * self._path.stat().st_size

    def dump(self, path: Path, *, without: tuple[str, ...]) -> None:
        try:
            source = sqlite3.connect(f"file:{quote(str(self._path))}?mode=ro", uri=True)
            with closing(source), closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
                # One file, without a log beside it; and what is deleted is really gone.
                copy.execute("PRAGMA journal_mode=DELETE")
                for table in without:
                    copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- our own names
                copy.commit()
                copy.execute("VACUUM")
                [(found,)] = copy.execute("PRAGMA quick_check(1)").fetchall()
        except sqlite3.Error as error:
            raise BackupError(f"The database: {error}.") from error
        if found != "ok":
            raise BackupError("The database is damaged: PRAGMA integrity_check says how. It was not backed up.")

    def restore(self, path: Path) -> None:
        self._connection.close()
        with path.open("rb") as file:
            if file.read(len(_BEGINNING)) != _BEGINNING:
                raise BackupError(f"The database: {path.name} is not an SQLite database.")
        copy = self._path.with_name(f"{self._path.name}.restored")
        try:
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            for log in ("-wal", "-shm"):
                self._path.with_name(self._path.name + log).unlink(missing_ok=True)
            os.replace(copy, self._path)
        except OSError as error:
            copy.unlink(missing_ok=True)
            raise BackupError(f"The database could not be written: {error.strerror}.") from error
