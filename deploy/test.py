"""`make test`: the tests on SQLite and in a browser, then on PostgreSQL.

Where an engine is missing it says so loudly and tests the rest; with CI=true a missing engine is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = [sys.executable, str(ROOT / "deploy" / "engines" / "postgres.py")]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope"]


def main() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DATABASE_URL", None)
    print("Tests on SQLite and in the browser", flush=True)
    failed = subprocess.run([*PYTEST, *sys.argv[1:]], cwd=ROOT, env=environment, check=False).returncode != 0
    address, started_here = _postgresql()
    if address is None:
        _missing("PostgreSQL is missing: the tests did NOT run on it. Install it (Debian: apt-get install postgresql)")
        failed |= bool(os.environ.get("CI"))
    else:
        print("Tests on PostgreSQL", flush=True)
        command = [*PYTEST, "-m", "not browser", *sys.argv[1:]]
        failed |= (
            subprocess.run(command, cwd=ROOT, env=environment | {"DATABASE_URL": address}, check=False).returncode != 0
        )
        if started_here:
            subprocess.run([*POSTGRES, "stop"], cwd=ROOT, check=False, capture_output=True)
    sys.exit(1 if failed else 0)


def _postgresql() -> tuple[str | None, bool]:
    """The address of the project's own server, and whether it was started now."""
    running = subprocess.run([*POSTGRES, "url"], cwd=ROOT, capture_output=True, text=True, check=False)
    if running.returncode == 0:
        return running.stdout.strip(), False
    started = subprocess.run([*POSTGRES, "start", "--fast"], cwd=ROOT, capture_output=True, text=True, check=False)
    if started.returncode != 0:
        print(started.stderr, file=sys.stderr)
        return None, False
    return started.stdout.strip().removeprefix("DATABASE_URL="), True


def _missing(message: str) -> None:
    bar = "*" * len(message)
    print(f"\n{bar}\n{message}\n{bar}\n", flush=True)


if __name__ == "__main__":
    main()
