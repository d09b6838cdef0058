"""The server dies in the middle of a sync; the copy goes on where it was."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from mena_content import Client, Entry, Retry, SqliteStore, Unavailable
from mena_content.store import Key

from .operations import crawl

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """gunicorn on a loopback port, which stays the same when it is started again."""

    def __init__(self, database: str, log: Path) -> None:
        with socket.socket() as candidate:
            candidate.bind(("127.0.0.1", 0))
            self.place = f"127.0.0.1:{candidate.getsockname()[1]}"
        self.log = log
        self.environment = os.environ | {
            "DATABASE_URL": database,
            "ELASTICSEARCH_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        }

    def start(self) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", self.place, "--no-control-socket"]
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

    def kill(self) -> None:
        """Master and worker at once, as when a machine loses its power."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for process in (self.process.pid, *map(int, children)):
            os.kill(process, 9)
        self.process.wait(timeout=20)


class StoreOnADyingSite(SqliteStore):
    """The server is killed once the third page is stored."""

    server: Server
    pages = 0

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        super().apply(upserts, removed, cursor)
        self.pages += 1
        if self.pages == 3:
            self.server.kill()


def database_copy(folder: Path) -> str:
    """The address of a database with the content of the tests that another process can read."""
    if connection.vendor != "sqlite":
        parts = connection.settings_dict
        return f"postgresql://{parts['USER']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
    target = folder / "site.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{target}"


@pytest.fixture
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Server]:
    with django_db_blocker.unblock():  # without a transaction, which would lock what is copied
        database = database_copy(tmp_path)
    server = Server(database, tmp_path / "log")
    server.start()
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=20)


def test_sync_goes_on_after_the_server_was_killed_in_the_middle(server: Server, tmp_path: Path) -> None:
    retry = Retry(attempts=2, first_wait=0.01)
    client = Client(f"http://{server.place}", retry=retry)
    with StoreOnADyingSite(tmp_path / "copy.sqlite3") as store:
        store.server = server
        with pytest.raises(Unavailable):
            client.sync(store, page_size=20)
        assert len(list(store.entries())) == 60
    server.start()
    with SqliteStore(tmp_path / "copy.sqlite3") as store:
        result = client.sync(store, page_size=20)
        entries = list(store.entries())
        assert result.upserted == len(entries) - 60
        assert {tuple(entry.key): entry.item for entry in entries} == crawl(client)
