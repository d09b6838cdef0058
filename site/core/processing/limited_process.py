"""Process untrusted files in a separate process, within limits of time and memory, so that no file can block or kill a
process of the web server. Imports nothing of Django.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

SECONDS = 30
MEMORY = 1536 * 1024 * 1024
# Wall-clock seconds, whatever else the machine does.
LONGEST = 60
_SOURCE_ROOT = Path(__file__).resolve().parents[2]


class LimitsExceeded(Exception):
    """The work took too long or too much memory, or the file crashed its process."""


def ask(module: str, *arguments: str, content: bytes) -> bytes:
    """Return what `python -m module` writes to stdout when given `content` on stdin. Raise LimitsExceeded."""
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 -- the command is ours
            command, input=content, capture_output=True, cwd=_SOURCE_ROOT, timeout=LONGEST, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise LimitsExceeded from error
    return done.stdout


def keep_limits() -> None:
    """Limit this process; the module calls it when it starts."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
