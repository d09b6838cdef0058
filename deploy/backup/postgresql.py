"""Dump and restore PostgreSQL with its own programs.

They are told where to connect, and the password, in their environment: the command lines of a machine's processes are
read by everybody on it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from .errors import BackupError, without_values

# Wait no longer for a migration that holds a table.
_PATIENCE = "60s"


class PostgreSQL:
    part = "database.dump"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def size(self) -> int:
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])

    def dump(self, path: Path, *, without: tuple[str, ...]) -> None:
        left_out = [f"--exclude-table-data={table}" for table in without]
        waiting = f"--lock-wait-timeout={_PATIENCE}"
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", waiting, *left_out, f"--file={path}")
        self._run("pg_restore", "--list", str(path))

    def restore(self, path: Path) -> None:
        """In one transaction: what fails leaves the database as empty as it was."""
        self._connection.close()
        # An empty name means PGDATABASE.
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname="]
        self._run("pg_restore", *options, str(path))

    def _run(self, program: str, *arguments: str) -> None:
        try:
            done = subprocess.run(
                [program, *arguments], env=self._environment(), capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            raise BackupError(f"{program} is not installed. Debian: apt-get install postgresql-client.") from None
        if done.returncode:
            raise BackupError(f"The database: {without_values(done.stderr) or program + ' was stopped'}.")

    def _environment(self) -> dict[str, str]:
        """Return what libpq reads, of the site's own settings and of the operator's (PGSSLMODE and the like)."""
        names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
        settings = {variable: str(self._connection.settings_dict[name]) for variable, name in names.items()}
        settings |= {f"PG{name.upper()}": value for name, value in self._connection.settings_dict["OPTIONS"].items()}
        ours = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME") or name.startswith("PG")}
        return ours | {name: value for name, value in settings.items() if value} | {"LC_ALL": "C"}
