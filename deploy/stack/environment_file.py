"""Files of variables that systemd (EnvironmentFile=), a shell and this installer read alike."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from .errors import StackError

_SAFE = re.compile(r"[\w@%+=:,./-]*", re.ASCII)


def written(variables: Mapping[str, str]) -> str:
    return "".join(f"{name}={_quoted(name, value)}\n" for name, value in variables.items())


def read(path: Path) -> dict[str, str]:
    """Return the variables of a file. Raise StackError if a line is not one."""
    variables = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        name, equals, value = line.partition("=")
        try:
            words = shlex.split(value)
        except ValueError:
            words = ["", ""]
        if not equals or len(words) > 1:
            raise StackError(f"{path} has a line that is no NAME='value': that of {name.strip()[:40]}.")
        variables[name.strip()] = "".join(words)
    return variables


def _quoted(name: str, value: str) -> str:
    if "'" in value or not value.isprintable():
        raise StackError(f"{name} must have neither ' nor a line break.")
    return value if _SAFE.fullmatch(value) else f"'{value}'"
