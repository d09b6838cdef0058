"""
What the engine scripts share: the command line, the folder of an engine, and the code that starts it only once.

Standard output carries only what another program reads (`NAME=url`, the URL, the status); all other messages go
to standard error.
"""

import argparse
import os
import socket
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Protocol

from deploy.engines.errors import EXIT_MISSING, EngineError
from deploy.engines.folders import (
    REPOSITORY,
    TEMPORARY_FOLDER,
    exclusive,
    fallback_name,
    is_usable,
    make_folder,
    make_temporary_folder,
)
from deploy.engines.process import unprivileged_account, wait_until

HOST = "127.0.0.1"
EXIT_NOT_RUNNING = 1
FREE_PORT_SECONDS = 10
PROGRESS_SECONDS = 5


class Server(Protocol):
    """A started engine, whether a process or a container."""

    @property
    def port(self) -> int: ...
    def is_alive(self) -> bool: ...
    def last_words(self) -> str: ...
    def stop(self) -> None: ...


def say(message: str) -> None:
    """Print a message for the person at the terminal on standard error, past any pipe that reads the URL."""
    print(message, file=sys.stderr, flush=True)


def is_port_taken(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


class Engine(ABC):
    """One engine of this checkout. A subclass defines how to launch it and how to check that it answers."""

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    url_variable: ClassVar[str]
    port_variable: ClassVar[str]
    default_port: ClassVar[int]
    accounts: ClassVar[tuple[str, ...]]
    ready_seconds: ClassVar[int]
    start_flags: ClassVar[dict[str, str]]

    def __init__(self) -> None:
        self.account = unprivileged_account(*self.accounts)
        engines = REPOSITORY / ".engines"
        self.is_in_repository = is_usable(engines, self.account)
        self.folder = (engines if self.is_in_repository else TEMPORARY_FOLDER / fallback_name()) / self.name

    @abstractmethod
    def url(self, port: int) -> str:
        """Return the URL to use in the website's settings."""

    @abstractmethod
    def recorded(self) -> Server | None:
        """Return the server that was last started and not stopped, whether or not it still runs."""

    @abstractmethod
    def launch(self, port: int, arguments: argparse.Namespace) -> Server:
        """Start the server in `self.folder` and record it, without waiting until it answers."""

    @abstractmethod
    def answers(self, port: int) -> bool:
        """Return whether the engine is ready for work on this port, not only listening."""

    def running(self) -> Server | None:
        server = self.recorded()
        return server if server and server.is_alive() else None

    def port(self) -> int:
        """Return the port to start on: that of the environment, otherwise the engine's default.

        Raise EngineError if the environment names no valid port.
        """
        value = os.environ.get(self.port_variable) or str(self.default_port)
        if not value.isdecimal() or not 0 < int(value) < 65536:
            raise EngineError(f"{self.port_variable} is {value!r}, which is no port number.")
        return int(value)

    def start(self, arguments: argparse.Namespace) -> int:
        if self.is_in_repository:
            make_folder(self.folder.parent)
        else:
            make_temporary_folder(self.folder.parent.name)
        make_folder(self.folder)
        with exclusive(self.folder):
            server = self.running()
            if server:
                self._refuse_another_port(server)
                say(f"{self.title} is already running ({server}).")
            else:
                self._wait_for_free_port()
                server = self.launch(self.port(), arguments)
            seconds = self._wait_until_it_answers(server)
        say(f"{self.title} answers after {seconds:.1f} s ({server}); its files are in {self.folder}")
        print(f"{self.url_variable}={self.url(server.port)}")
        return 0

    def stop(self, _arguments: argparse.Namespace) -> int:
        server = self.running()
        if not server:
            say(f"{self.title} is not running.")
            return 0
        with exclusive(self.folder):
            server.stop()
        say(f"{self.title} has stopped ({server}); its data is kept.")
        return 0

    def status(self, _arguments: argparse.Namespace) -> int:
        server = self.running()
        if not server:
            print(f"{self.title} is not running.")
            return EXIT_NOT_RUNNING
        answers = self.answers(server.port)
        state = "is running" if answers else "was started but does not answer"
        print(f"{self.title} {state} ({server}): {self.url(server.port)}, files in {self.folder}")
        return 0 if answers else EXIT_NOT_RUNNING

    def print_url(self, _arguments: argparse.Namespace) -> int:
        server = self.running()
        if not server or not self.answers(server.port):
            return EXIT_NOT_RUNNING
        print(self.url(server.port))
        return 0

    def _refuse_another_port(self, server: Server) -> None:
        if self.port_variable in os.environ and self.port() != server.port:
            raise EngineError(
                f"{self.title} is running on port {server.port}, "
                f"not on {self.port_variable}={self.port()}: stop it first."
            )

    def _wait_for_free_port(self) -> None:
        """Wait for the port, which the children of a killed server may occupy a moment longer.

        Raise EngineError if it is still taken after FREE_PORT_SECONDS.
        """
        port = self.port()
        if is_port_taken(port):
            say(f"Waiting until port {port} is free")
        if not wait_until(lambda: not is_port_taken(port), FREE_PORT_SECONDS):
            raise EngineError(
                f"Something else listens on {HOST}:{port}: stop it, or set {self.port_variable} to another."
            )

    def _wait_until_it_answers(self, server: Server) -> float:
        began = time.monotonic()
        told = began
        while not self.answers(server.port):
            now = time.monotonic()
            if not server.is_alive():
                raise EngineError(f"{self.title} ended while it started:\n{server.last_words()}")
            if now - began > self.ready_seconds:
                server.stop()
                raise EngineError(f"{self.title} did not answer in time:\n{server.last_words()}")
            if now - told >= PROGRESS_SECONDS:
                told = now
                say(f"  waiting for {self.title}: {now - began:.0f} s")
            time.sleep(0.1)
        return time.monotonic() - began


def main(engine_class: type[Engine], argv: Sequence[str] | None = None) -> int:
    """Run the command line of an engine script and return the exit code."""
    parser = argparse.ArgumentParser(
        description=engine_class.description,
        epilog=f"{engine_class.port_variable} sets the port (default {engine_class.default_port}). "
        f"Exit codes: 0 done, {EXIT_NOT_RUNNING} failed or not running, {EXIT_MISSING} a program is missing.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="start|stop|status|url")
    start = verbs.add_parser("start", help=f"start it unless it runs, wait, print {engine_class.url_variable}=...")
    for flag, purpose in engine_class.start_flags.items():
        start.add_argument(flag, action="store_true", help=purpose)
    start.set_defaults(action=engine_class.start)
    for verb, action, purpose in (
        ("stop", engine_class.stop, "stop the server that start started; its data stays"),
        ("status", engine_class.status, "say whether it runs, and where"),
        ("url", engine_class.print_url, "print only the URL, nothing where it does not run"),
    ):
        verbs.add_parser(verb, help=purpose, description=purpose).set_defaults(action=action)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.action(engine_class(), arguments))
    except (EngineError, OSError) as error:
        say(str(error))
        return error.exit_code if isinstance(error, EngineError) else 1
