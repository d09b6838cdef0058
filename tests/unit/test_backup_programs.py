"""PostgreSQL's programs get the password where nobody else reads it, and what they say is repeated without values."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.backup.errors import BackupError, without_values
from deploy.backup.postgresql import PostgreSQL

SETTINGS = {
    "NAME": "a-name",
    "USER": "a-user",
    "PASSWORD": "a-secret; $(id)",
    "HOST": "127.0.0.1",
    "PORT": "5432",
    "OPTIONS": {"sslrootcert": "/etc/ssl/ca.pem"},
}
# A program that writes down how it was called, and fails as pg_dump does.
PROGRAM = """#!{python}
import json, os, sys
json.dump([sys.argv, dict(os.environ)], open({file!r}, "w"))
sys.exit('pg_dump: error: COPY failed: ERROR:  invalid value "Amal"\\nDETAIL:  Key (email)=(amal@example.org)')
"""


def test_the_password_is_in_no_command_line_and_other_secrets_are_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, called = tmp_path / "pg_dump", tmp_path / "called.json"
    program.write_text(PROGRAM.format(python=sys.executable, file=str(called)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "another secret")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    database = PostgreSQL(SimpleNamespace(settings_dict=SETTINGS))
    with pytest.raises(BackupError) as failure:
        database.dump(tmp_path / "a file; touch x", without=("a_table",))
    arguments, environment = json.loads(called.read_text())
    assert not [argument for argument in arguments if SETTINGS["PASSWORD"] in argument]
    assert f"--file={tmp_path}/a file; touch x" in arguments
    assert "--exclude-table-data=a_table" in arguments
    assert environment["PGPASSWORD"] == SETTINGS["PASSWORD"]
    assert (environment["PGSSLMODE"], environment["PGSSLROOTCERT"]) == ("verify-full", "/etc/ssl/ca.pem")
    assert "SECRET_KEY" not in environment
    assert "Amal" not in str(failure.value)
    assert "amal" not in str(failure.value)


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        PostgreSQL(SimpleNamespace(settings_dict=SETTINGS)).dump(tmp_path / "file", without=())


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            'error: COPY failed for table "a_table": ERROR:  invalid input: "Amal"\nCONTEXT:  COPY a_table: "Amal"',
            'error: COPY failed for table "a_table": ERROR:  invalid input: "…"',
        ),
        (
            'pg_dump: detail: Query was: X\npg_dump: error: connection to server at "127.0.0.1", port 1 failed',
            'pg_dump: error: connection to server at "127.0.0.1", port 1 failed',
        ),
        ("\nsomething else\nand more", "something else"),
        ("", ""),
    ],
)
def test_an_error_is_told_without_values_of_rows(output: str, told: str) -> None:
    assert without_values(output) == told
