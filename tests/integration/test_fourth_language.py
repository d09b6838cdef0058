"""A language is data: the site runs with one more that only its settings name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKS = "tests/fourth_language/checks.py"

pytestmark = [pytest.mark.every_engine, pytest.mark.slow]


def test_site_runs_with_a_fourth_language_of_which_only_settings_know() -> None:
    """Run the checks in a process with their settings: addresses and trees of pages are decided when one starts."""
    command = [sys.executable, "-m", "pytest", "--ds=tests.fourth_language.settings", "-q", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*command, "-p", "no:xdist", CHECKS], cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-20_000:] + ran.stderr[-2_000:]


def _environment() -> dict[str, str]:
    """Return the environment of the checks: on PostgreSQL with a test database that no other process uses."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    if database := environment.get("DATABASE_URL"):
        parts = urlsplit(database)
        if parts.scheme.startswith("postgresql"):
            environment["DATABASE_URL"] = parts._replace(path=f"{parts.path}_fourth_language").geturl()
    return environment
