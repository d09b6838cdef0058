"""Which container engine of this machine answers."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache


@cache
def container_engine() -> str | None:
    for name in ("docker", "podman"):
        program = shutil.which(name)
        if program and subprocess.run([program, "info"], capture_output=True, check=False).returncode == 0:
            return program
    return None
