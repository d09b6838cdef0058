"""Elasticsearch nodes that tests can start, kill and restart."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.engines import common, folders
from deploy.engines.elasticsearch_node import Membership, launch_node
from deploy.engines.process import ServerProcess, unprivileged_account, wait_until

HEAP = "-Xms256m -Xmx256m"
_READY_SECONDS = 180
_GONE_SECONDS = 20


class Node:
    """A node that keeps its files in `folder`."""

    def __init__(self, folder: Path, port: int, membership: Membership | None = None) -> None:
        self.port = port
        self.url = f"http://{common.HOST}:{port}"
        self._folder = folder
        self._membership = membership
        self._process: ServerProcess | None = None

    def start(self) -> None:
        account = unprivileged_account("elasticsearch")
        folders.make_folder(self._folder)
        with warnings.catch_warnings():
            # It outlives the object that started it, as every engine does.
            warnings.simplefilter("ignore", ResourceWarning)
            self._process = launch_node(self._folder, account, self.port, HEAP, self._membership)

    def kill(self) -> None:
        """Kill the node at once, with the launcher that supervises it."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._process.pid, 0)
            assert wait_until(lambda: not common.is_port_taken(self.port), _GONE_SECONDS)
            self._process = None

    def answers(self, nodes: int, status: Sequence[str] = ("yellow", "green")) -> bool:
        """Return whether the node is part of a cluster of `nodes` nodes that has one of these states."""
        connection = http.client.HTTPConnection(common.HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/_cluster/health")
            health = json.load(connection.getresponse())
            return health.get("number_of_nodes") == nodes and health.get("status") in status
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()

    def wait(self, nodes: int, status: Sequence[str] = ("yellow", "green")) -> None:
        assert wait_until(lambda: self.answers(nodes, status), _READY_SECONDS), self._last_words()

    def _last_words(self) -> str:
        return self._process.last_words() if self._process else "It was killed."


@contextmanager
def started_nodes(number: int) -> Iterator[list[Node]]:
    """Start a cluster of `number` nodes, and delete it with all its files afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="website-nodes-", dir=folders.TEMPORARY_FOLDER))
    folder.chmod(0o755)
    ports = _free_ports(2 * number)
    founders = {f"node-{place}": ports[number + place] for place in range(number)}
    memberships = [Membership(name, port, founders) if number > 1 else None for name, port in founders.items()]
    nodes = [Node(folder / f"node-{place}", ports[place], membership) for place, membership in enumerate(memberships)]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait(number)
        yield nodes
    finally:
        for node in nodes:
            node.kill()
        shutil.rmtree(folder)


def _free_ports(number: int) -> list[int]:
    listening = [socket.create_server((common.HOST, 0)) for _ in range(number)]
    ports: list[int] = [server.getsockname()[1] for server in listening]
    for server in listening:
        server.close()
    return ports
