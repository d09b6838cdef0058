"""The whole site: two web processes, a worker, a mail server and PostgreSQL, each of which may be harmed."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.press_machine import Machine, running
from tests.webhook_receiver import wait_until

from .clients import OK, ask
from .cluster import Cluster, cluster_of_its_own

_VARIABLES = {
    "WEB_WORKERS": "2",
    "WEB_THREADS": "4",
    "TRUST_PROXY": "1",
    "LOG_LEVEL": "ERROR",
    "PAGE_CACHE_MEGABYTES": "16",
    "WEBHOOK_ALLOW_LOOPBACK": "true",
}
# How long a supervisor waits before it starts a process again (deploy/, Restart=).
_RESTART_SECONDS = 1.0


@dataclass
class Site:
    machine: Machine
    cluster: Cluster

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.machine.web_port}"

    def web_processes(self) -> list[int]:
        master = self.machine.processes["web"].pid
        return [int(number) for number in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def keep(self, addresses: list[str]) -> None:
        """Ask for pages until every process keeps them."""
        for address in addresses * 6:
            assert ask(self.place, "GET", address).status == OK, address


@contextmanager
def whole_site(folder: Path) -> Iterator[Site]:
    """Run the site with the content of the tests."""
    with cluster_of_its_own(folder) as cluster:
        shutil.copytree(settings.MEDIA_ROOT, folder / "media")
        machine = Machine(folder, cluster.address, _VARIABLES)
        with running(machine, "mail", "worker-1"):
            yield Site(machine, cluster)


def a_web_process_is_killed(site: Site, seconds: float) -> None:
    os.kill(site.web_processes()[0], signal.SIGKILL)
    time.sleep(seconds)


def the_worker_is_killed(site: Site, seconds: float) -> None:
    """Kill it several times, at whatever it is at."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        site.machine.kill("worker-1")
        time.sleep(_RESTART_SECONDS)
        site.machine.start("worker-1")
        time.sleep(5)


def the_mail_server_is_away(site: Site, seconds: float) -> None:
    site.machine.kill("mail")
    time.sleep(seconds)
    site.machine.start("mail")


def the_database_is_stopped(site: Site, seconds: float) -> None:
    site.cluster.break_off()
    time.sleep(seconds)
    site.cluster.begin()


Fault = Callable[[Site, float], None]


def recovered(site: Site, addresses: list[str]) -> None:
    """Wait until every process answers again, from the database too."""
    wait_until(lambda: all(ask(site.place, "GET", address).status == OK for address in addresses * 4), 60)
