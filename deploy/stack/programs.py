"""Run programs, as root or as the site's account."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.engines.process import Account, identity_of, server_environment

from .errors import StackError


def run(
    *command: str | Path,
    account: Account | None = None,
    folder: Path = Path("/"),
    variables: Mapping[str, str] | None = None,
    text: str | None = None,
) -> str:
    """Return what a program writes to its standard output. Raise StackError with its words if it fails.

    Its environment has nothing of ours but the path, and `variables`.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=server_environment(folder) | {"LC_ALL": "C.UTF-8"} | dict(variables or {}),
            input=text,
            capture_output=True,
            text=True,
            check=False,
            umask=0o027 if account else -1,
            **identity_of(account),
        )
    except OSError as error:
        raise StackError(f"{command[0]} cannot be run: {error.strerror}.") from error
    if done.returncode:
        words = f"{done.stdout[-3000:]}{done.stderr[-3000:]}".strip()
        raise StackError(f"{Path(command[0]).name} failed ({done.returncode}):\n{words}")
    return done.stdout
