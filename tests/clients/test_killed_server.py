"""If the server dies in the middle of a sync, the next one resumes where that stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from mena_content import Client, Entry, Retry, SqliteStore, Unavailable
from mena_content.store import Key
from tests.gunicorn_server import Server, gunicorn

from .operations import crawl

pytestmark = pytest.mark.slow


class StoreOnADyingSite(SqliteStore):
    """A store that kills the server once the third page is stored."""

    server: Server
    pages = 0

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        super().apply(upserts, removed, cursor)
        self.pages += 1
        if self.pages == 3:
            self.server.kill()


@pytest.fixture
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Server]:
    with gunicorn(tmp_path, django_db_blocker) as server:
        yield server


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
