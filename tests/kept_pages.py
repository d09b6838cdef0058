"""Runs the site with kept pages: two processes of the real application server, on a database that they may lose."""

from __future__ import annotations

import gzip
import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.test.utils import override_settings

from tests.gunicorn_server import Server
from tests.own_database import own_database

# Enough for each of two processes to answer some.
TIMES = 8
WITHIN = 1.0


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class KeptSite:
    """`name`: the host that a visitor asks for. Pages are kept by host, so that another name begins with none."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder = server, folder

    def ask(self, address: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        link = http.client.HTTPConnection(self.server.place, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(method, address, body=body, headers=sent)
        response = link.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read())
        link.close()
        return answer

    def text(self, address: str) -> str:
        answer = self.ask(address)
        assert answer.status == 200, address
        return answer.text

    def everywhere(self, address: str, is_right: Callable[[Answer], bool]) -> bool:
        """Return whether every process gives the right answer, again and again."""
        return all(is_right(self.ask(address)) for _ in range(TIMES))

    def warm(self, *addresses: str) -> None:
        """Have every process keep the pages."""
        for address in addresses:
            assert self.everywhere(address, lambda answer: answer.status == 200), address

    def soon(self, address: str, is_right: Callable[[Answer], bool]) -> None:
        """Assert that from one second on every process gives the right answer."""
        time.sleep(WITHIN)
        assert self.everywhere(address, is_right), address

    def is_kept(self, address: str, **headers: str) -> bool:
        """Return whether an address is answered with a copy: only copies have an entity tag."""
        return "ETag" in self.ask(address, **headers).headers


@contextmanager
def kept_site(folder: Path, **environment: str) -> Iterator[KeptSite]:
    """Run the site on a copy of the test database, in which whatever a test does is committed."""
    kept = {"PAGE_CACHE_MEGABYTES": 16, "DATA_FOLDER": folder}
    with own_database(folder) as database, override_settings(**kept):
        server = Server(database, folder / "log")
        server.environment |= {name: str(value) for name, value in kept.items()} | {"WEB_WORKERS": "2"} | environment
        server.start()
        try:
            yield KeptSite(server, folder)
        finally:
            server.stop()


@contextmanager
def without_database() -> Iterator[None]:
    """Give the database another name meanwhile, after ending all its connections: it cannot be reached."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    try:
        yield
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
