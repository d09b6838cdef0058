"""A machine without systemd, or a folder that stands for one: PostgreSQL, nginx and the units below the folder.

For tests, and for containers that hold the whole stack. `serve` is the process that keeps all of it running.
"""

from __future__ import annotations

import shutil
import signal
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from deploy.engines.postgres import program_folders
from deploy.engines.process import Account

from .errors import StackError
from .files import make_folder, say
from .machine import WEB, WORKER, account_made, account_named, group_name
from .places import Places
from .programs import run
from .proxy import write_main
from .runner import Service, listening
from .units import read_unit
from .wishes import Wishes

_SOCKET = "website-web.socket"
_LONGEST = 300


class Supervised:
    def __init__(self, places: Places, wishes: Wishes) -> None:
        self._places = places
        self._name = wishes.account
        self._cluster = places.home.with_name("website-postgresql")
        self.engine: Mapping[str, str] = {"PGHOST": str(self._sockets)}

    @property
    def _sockets(self) -> Path:
        return self._places.run.with_name("website-postgresql")

    def account(self) -> Account:
        return account_made(self._name, self._places.home)

    def start_database(self) -> None:
        """Start a cluster of its own, made if it is missing. It listens on a socket, where the kernel says who asks."""
        programs, postgres = next(program_folders(), None), account_named("postgres")
        if programs is None or postgres is None:
            raise StackError("PostgreSQL's server is not installed. Debian: apt-get install postgresql")
        make_folder(self._sockets, 0o755, postgres)
        make_folder(self._cluster, 0o700, postgres)
        if not (self._cluster / "PG_VERSION").exists():
            as_ = ("--auth-local=peer", "--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8")
            run(programs / "initdb", "-D", self._cluster, *as_, account=postgres)
        with suppress(StackError):
            run(programs / "pg_ctl", "status", "-D", self._cluster, account=postgres)
            return
        options = f"-c listen_addresses= -c unix_socket_directories={self._sockets}"
        log = self._cluster / "log"
        run(programs / "pg_ctl", "start", "-w", "-D", self._cluster, "-o", options, "-l", log, account=postgres)

    def stop_database(self) -> None:
        programs = next(program_folders())
        run(programs / "pg_ctl", "stop", "-m", "fast", "-D", self._cluster, account=account_named("postgres"))

    def query(self, sql: str) -> str:
        where = ("-h", str(self._sockets), "-d", "postgres", "-U", "postgres")
        return run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *where, account=account_named("postgres"), text=sql)

    def is_serving(self) -> bool:
        return bool(self._ask("status"))

    def start(self) -> None:
        """Leave it to `serve`, which runs beside."""

    def restart(self) -> None:
        answer = self._ask("restart")
        if answer != "done":
            raise StackError(answer or "Nothing runs here: python3 -m deploy.stack serve")

    def reload_proxy(self) -> None:
        if (self._places.run / "nginx.pid").exists():
            self.nginx("-s", "reload")

    def run_once(self, unit: str) -> None:
        Service(self._places, unit, {}).run_once()

    def nginx(self, *arguments: str) -> None:
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/usr/local/bin")
        if program is None:
            raise StackError("nginx is not installed. Debian: apt-get install nginx-light")
        account = self.account()
        write_main(self._places, f"{self._name} {group_name(account)}")
        log = str(self._places.nginx_log / "error.log")
        run(
            program, "-e", log, "-p", str(self._places.run), "-c", str(self._places.settings / "nginx.conf"), *arguments
        )

    @property
    def _control(self) -> Path:
        return self._places.run / "control"

    def _ask(self, word: str) -> str:
        """Return what the process that serves answers; nothing if there is none."""
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(_LONGEST)
            try:
                control.connect(str(self._control))
            except OSError:
                return ""
            control.sendall(word.encode())
            return control.recv(4096).decode()

    def serve(self) -> None:
        """Run everything until a signal stops it, then end it in order."""
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        make_folder(self._places.run, 0o755, self.account())
        self.start_database()
        sockets = {_SOCKET: listening(read_unit(self._places.units, _SOCKET))}
        services = [Service(self._places, name, sockets) for name in (*WEB, WORKER)]
        self._control.unlink(missing_ok=True)
        try:
            for service in services:
                service.start()
            self.nginx()
            with socket.socket(socket.AF_UNIX) as control:
                control.bind(str(self._control))
                self._control.chmod(0o600)
                control.listen()
                control.settimeout(0.3)
                say("The site is served.")
                while not stopped.is_set():
                    self._look_after(control, services)
        finally:
            self._end(services)

    def _look_after(self, control: socket.socket, services: list[Service]) -> None:
        for service in services:
            with suppress(StackError):
                service.look_after()
        with suppress(TimeoutError):
            asking, _ = control.accept()
            with asking:
                asking.sendall(_answer(asking.recv(100).decode(), services).encode())

    def _end(self, services: list[Service]) -> None:
        with suppress(StackError):
            self.nginx("-s", "quit")
        for service in services:
            service.terminate()
        for service in services:
            service.stop()
        self.stop_database()
        self._control.unlink(missing_ok=True)


def _answer(word: str, services: list[Service]) -> str:
    """Do what was asked of the process that serves, and return how it went."""
    if word == "status":
        return "serving"
    if word != "restart":
        return f"It does not know {word!r}."
    try:
        for service in services:
            service.stop()
            service.start()
    except StackError as error:
        return str(error)
    return "done"
