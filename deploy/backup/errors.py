"""What goes wrong with a backup, told to the person at the terminal; no message holds a password or personal data."""

from __future__ import annotations

import re

# What PostgreSQL puts between quotes is a name after these words, and else may be a value that somebody typed.
_NAMES = (
    r"(?:database|relation|table|schema|extension|role|user|column|constraint|index|sequence|function|host|at|server)"
)
_QUOTED = re.compile(rf'(?<!\w)({_NAMES} )?"[^"]*"')


class BackupError(Exception):
    """Raised if a backup cannot be written or restored; the message is for the person at the terminal."""


def without_values(output: str) -> str:
    """Return the first error that PostgreSQL or one of its programs reports, without values of rows that it quotes;
    empty if it reports none.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line.lower()] or lines[:1]
    return _QUOTED.sub(lambda found: found[0] if found[1] else '"…"', errors[0]) if errors else ""
