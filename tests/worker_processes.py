"""Runs workers as separate processes, on a database in which their changes are committed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.own_database import own_database
from tests.processes import environment_of_tests

ROOT = Path(__file__).resolve().parents[1]
StartWorker = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_worker(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[StartWorker]:
    """A function that starts workers on the test's own database; they are killed at the end of the test."""
    started: list[subprocess.Popen[str]] = []
    with django_db_blocker.unblock(), own_database(tmp_path) as address:
        variables = environment_of_tests() | {
            "DATABASE_URL": address,
            "WEBHOOK_ALLOW_LOOPBACK": "true",
            "ELASTICSEARCH_URL": "",
        }

        def start(*arguments: str) -> subprocess.Popen[str]:
            command = [sys.executable, "manage.py", "run_worker", *arguments]
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | variables,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            started.append(process)
            return process

        yield start
        for process in started:
            if process.poll() is None:
                process.kill()
            # Shown if the test fails.
            print(process.communicate()[0])  # noqa: T201
