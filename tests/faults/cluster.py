"""A PostgreSQL cluster of its own, which a test may stop, with a copy of the database of the tests."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import load_backend

from deploy.backup.postgresql import PostgreSQL
from deploy.engines import common
from deploy.engines.postgres import DATABASE, Postgres
from deploy.engines.process import ServerProcess, wait_until
from tests.mail_server import free_port

# Its data is written to the disk before a commit is answered, as in production.
_SAFE = argparse.Namespace(fast=False)


class Cluster(Postgres):
    """It listens on a port of its own and lies beside the checkout's cluster."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = self.folder.with_name(f"postgres-of-faults-{os.getpid()}")
        self._port = free_port()

    def port(self) -> int:
        return self._port

    @property
    def address(self) -> str:
        return self.url(self._port)

    def begin(self) -> None:
        self.start(_SAFE)

    def break_off(self) -> None:
        """End the server at once, without a checkpoint: it recovers when it begins again."""
        server = self._server()
        os.kill(server.pid, signal.SIGQUIT)
        assert wait_until(lambda: not server.is_alive(), 30)

    def remove(self) -> None:
        if server := self.recorded():
            server.stop()
        shutil.rmtree(self.folder)

    def _server(self) -> ServerProcess:
        server = self.recorded()
        assert server
        return server


@contextmanager
def cluster_of_its_own(folder: Path) -> Iterator[Cluster]:
    """Run a cluster with a copy of the test database, and connect this process to it."""
    before: Any = connections["default"]
    cluster = Cluster()
    dump = folder / "database.dump"
    PostgreSQL(before).dump(dump, without=())
    try:
        cluster.begin()
        settings = {**before.settings_dict, "HOST": common.HOST, "PORT": cluster.port(), "NAME": DATABASE}
        own = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
        connections["default"] = own
        PostgreSQL(own).restore(dump)
        yield cluster
    finally:
        connections["default"].close()
        connections["default"] = before
        cluster.remove()
