"""`make test`: run the tests on PostgreSQL, and those that depend on the engine or need a browser on SQLite.

Both run at the same time: while a test of one waits for a browser or a process, the other has the cores. Elasticsearch
is available to both. Without PostgreSQL, all tests run on SQLite. If an engine is missing, the program prints a
prominent warning and tests the rest; with CI=true a missing engine is a failure.

With COVERAGE=1 (`make coverage`) it reports which lines and branches of the site no test of any part ran, which doubles
the processor time on Python 3.11.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COVERAGE = [sys.executable, "-m", "coverage"]
IS_COVERED = "COVERAGE" in os.environ
RUNNER = [*COVERAGE, "run"] if IS_COVERED else [sys.executable]
PYTEST = [*RUNNER, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope"]
# Together they cover every test.
ON_POSTGRESQL = "not browser and (not cluster or postgresql)"
ON_SQLITE = "browser or every_engine or (cluster and not postgresql)"


def main() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DATABASE_URL", None)
    # Some containers set it. The tests start Python hundreds of times, and without compiled files each takes three
    # times as long.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # Absolute, because processes that tests start have folders of their own.
    environment["COVERAGE_FILE"] = str(ROOT / ".cache" / "coverage" / "data")
    failed = False
    with _engine("elasticsearch", "ELASTICSEARCH_URL", []) as elasticsearch:
        environment["ELASTICSEARCH_URL"] = elasticsearch
        if not elasticsearch:
            _missing("Elasticsearch is missing: its tests did NOT run. What it needs is said above")
            failed |= bool(os.environ.get("CI"))
        with _engine("postgres", "DATABASE_URL", ["--fast"]) as address:
            _load_site(environment, *([address] if address else []))
            if address:
                parts = {
                    "PostgreSQL": Part(environment | {"DATABASE_URL": address}, ON_POSTGRESQL),
                    "SQLite, browser": Part(environment, ON_SQLITE),
                }
            else:
                _missing("PostgreSQL is missing: the tests did NOT run on it. Debian: apt-get install postgresql")
                failed |= bool(os.environ.get("CI"))
                parts = {"SQLite, browser": Part(environment)}
            failed |= not _pass(parts)
    if IS_COVERED:
        _report_coverage(environment)
    sys.exit(1 if failed else 0)


class Part(NamedTuple):
    """A run of pytest: its environment, and which tests it selects."""

    environment: dict[str, str]
    marks: str = ""


def _pass(parts: dict[str, Part]) -> bool:
    """Run the parts at the same time, and return whether all tests passed."""
    with ThreadPoolExecutor(len(parts)) as pool:
        return all(list(pool.map(_passes, parts, parts.values())))


def _passes(name: str, part: Part) -> bool:
    """Run a part, showing each line of its output with its name, and return whether all its tests passed."""
    command = [*PYTEST, "-m", part.marks, *sys.argv[1:]]
    with subprocess.Popen(
        command, cwd=ROOT, env=part.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as tests:
        for line in tests.stdout or ():
            print(f"{name}: {line}", end="", flush=True)
    return tests.returncode == 0


def _report_coverage(environment: dict[str, str]) -> None:
    for command in (["combine", "--quiet"], ["report"]):
        subprocess.run([*COVERAGE, *command], cwd=ROOT, env=environment, check=True)


def _load_site(environment: dict[str, str], *postgresql: str) -> None:
    """Load the site that all tests share on all engines at once, unless it is kept from before (tests.loaded_site)."""
    print("Loading the content of the tests, unless it is kept from an earlier run", flush=True)
    environments = [environment, *(environment | {"DATABASE_URL": address} for address in postgresql)]
    path = {"PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)])}
    command = [sys.executable, "-m", "tests.loaded_site"]
    for loading in [subprocess.Popen(command, cwd=ROOT, env=each | path) for each in environments]:
        if loading.wait():
            sys.exit("The content of the tests could not be loaded")


@contextmanager
def _engine(name: str, variable: str, arguments: list[str]) -> Iterator[str]:
    """Yield the address of the server that the environment names, otherwise that of the project's own server.

    Start the latter if it is not running, and stop it afterwards; yield an empty string if it cannot be started.
    """
    if variable == "ELASTICSEARCH_URL" and variable in os.environ:
        yield os.environ[variable]
        return
    script = [sys.executable, str(ROOT / "deploy" / "engines" / f"{name}.py")]
    running = subprocess.run([*script, "url"], cwd=ROOT, capture_output=True, text=True, check=False)
    if running.returncode == 0:
        yield running.stdout.strip()
        return
    started = subprocess.run([*script, "start", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        yield started.stdout.strip().removeprefix(f"{variable}=") if started.returncode == 0 else ""
    finally:
        if started.returncode == 0:
            subprocess.run([*script, "stop"], cwd=ROOT, check=False, capture_output=True)


def _missing(message: str) -> None:
    bar = "*" * len(message)
    print(f"\n{bar}\n{message}\n{bar}\n", flush=True)


if __name__ == "__main__":
    main()
