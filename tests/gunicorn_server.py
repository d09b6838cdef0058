"""Runs the site behind the application server that is used in production."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.processes import environment_of_tests

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """gunicorn on a loopback port that stays the same after a restart."""

    def __init__(self, database: str, log: Path) -> None:
        with socket.socket() as candidate:
            candidate.bind(("127.0.0.1", 0))
            self.place = f"127.0.0.1:{candidate.getsockname()[1]}"
        self.log = log
        self.environment = (
            os.environ
            | environment_of_tests()
            | {
                "DATABASE_URL": database,
                "ELASTICSEARCH_URL": "",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            }
        )

    def start(self) -> None:
        program = [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py"]
        gunicorn = [*program, "--bind", self.place, "--no-control-socket"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(gunicorn, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://{self.place}/api/v1/", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.25)
        pytest.fail(self.log.read_text())

    def workers(self) -> list[int]:
        """Return the numbers of the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children]

    def kill(self) -> None:
        """Kill the master and its workers at once, as in a power failure."""
        for process in (self.process.pid, *self.workers()):
            os.kill(process, 9)
        self.process.wait(timeout=20)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@contextmanager
def gunicorn(folder: Path, blocker: DjangoDbBlocker) -> Iterator[Server]:
    """Run a server with the content of the tests; `folder` is for its database and log."""
    with blocker.unblock():  # without a transaction, which would lock the database to copy
        database = database_copy(folder)
    server = Server(database, folder / "log")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def database_copy(folder: Path) -> str:
    """Return the address of a database with the content of the tests that another process can read."""
    if connection.vendor != "sqlite":
        parts = connection.settings_dict
        return f"postgresql://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    target = folder / "site.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{target}"
