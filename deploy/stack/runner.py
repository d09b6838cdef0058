"""Runs services by their unit files where there is no systemd.

It honours what says how a service is started, stopped and started again: User, Group, Environment, EnvironmentFile,
WorkingDirectory, UMask, ExecStart, Type=notify, Sockets, RuntimeDirectory, Restart and the times. It fences nothing in.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from deploy.engines.process import Account

from .errors import StackError
from .files import make_folder, say
from .machine import account_named
from .places import CHECKOUT, Places
from .programs import run
from .units import Unit, read_unit


class Service:
    def __init__(self, places: Places, name: str, sockets: dict[str, socket.socket]) -> None:
        self._places = places
        self._name = name
        self._sockets = sockets
        self._process: subprocess.Popen[bytes] | None = None
        self._again_at = 0.0

    def start(self) -> None:
        """Start it, and wait until it says that it is ready. Raise StackError if it does not."""
        unit, account = self._unit()
        if unit.one("Service", "RuntimeDirectory"):
            make_folder(self._places.run / ".." / unit.one("Service", "RuntimeDirectory"), 0o755, account)
        if unit.one("Service", "Type") != "notify":
            self._process = self._launch(unit, account, {})
            return
        address = self._places.run / f"{self._name}.ready"
        address.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(address))
            address.chmod(0o622)
            self._process = self._launch(unit, account, {"NOTIFY_SOCKET": str(address)})
            self._wait_until_ready(ready, unit.seconds("TimeoutStartSec", 90))

    def terminate(self) -> None:
        """Ask it to stop, without waiting for it."""
        if self._process:
            self._process.terminate()

    def stop(self) -> None:
        process, (unit, _) = self._process, self._unit()
        self._process = None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(unit.seconds("TimeoutStopSec", 90))
        except subprocess.TimeoutExpired:
            say(f"{self._name} did not stop in time")
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def look_after(self) -> None:
        """Start it again if it has ended by itself, as Restart=always says."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if not self._again_at:
            say(f"{self._name} ended ({self._process.returncode})")
            self._again_at = now + self._unit()[0].seconds("RestartSec", 0.1)
        elif now >= self._again_at:
            self._again_at = 0.0
            self.start()

    def run_once(self) -> None:
        """Run a service that ends by itself (Type=oneshot). Raise StackError if it fails."""
        unit, account = self._unit()
        say(run(*unit.command(), account=account, folder=_folder(unit), variables=unit.environment()).rstrip())

    def _unit(self) -> tuple[Unit, Account | None]:
        unit = read_unit(self._places.units, self._name)
        return unit, account_named(unit.one("Service", "User", "root"))

    def _launch(self, unit: Unit, account: Account | None, more: dict[str, str]) -> subprocess.Popen[bytes]:
        descriptors = [self._sockets[name].fileno() for name in unit.one("Service", "Sockets").split()]
        launcher = [sys.executable, str(CHECKOUT / "deploy/stack/launch.py"), *map(str, descriptors), "--"]
        identity = ["setpriv", f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"] if account else []
        return subprocess.Popen(
            [*identity, *launcher, *unit.command()],
            cwd=_folder(unit),
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **unit.environment(), **more},
            pass_fds=descriptors,
            umask=int(unit.one("Service", "UMask", "0022"), 8),
            start_new_session=True,
        )

    def _wait_until_ready(self, ready: socket.socket, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        ready.settimeout(0.2)
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            with suppress(TimeoutError):
                if b"READY=1" in ready.recv(4096).split(b"\n"):
                    return
        raise StackError(f"{self._name} did not become ready.")


def _folder(unit: Unit) -> Path:
    return Path(unit.one("Service", "WorkingDirectory", "/"))


def listening(unit: Unit) -> socket.socket:
    """Return the socket of a socket unit, which stays open while its services come and go."""
    host, _, port = unit.one("Socket", "ListenStream").rpartition(":")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, int(port)))
    listener.listen(int(unit.one("Socket", "Backlog", "128")))
    return listener
