"""
Server processes that outlive the script that starts them.

Database and search servers refuse to run as root, so root starts them under an unprivileged account.
A pid file records the server and its start time, so that a later process with the same pid is never
mistaken for it.
"""

import os
import pwd
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypedDict

STOP_SECONDS = 30
INHERITED_VARIABLES = ("PATH", "LANG", "TZ")


@dataclass(frozen=True)
class Account:
    """The account that a program runs under if this script runs as root."""

    uid: int
    gid: int


def unprivileged_account(*names: str) -> Account | None:
    """Return the first of these accounts that exists, otherwise that of `nobody`; None if the script is not root."""
    if os.geteuid() != 0:
        return None
    for name in (*names, "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def server_environment(home: Path, **variables: str) -> dict[str, str]:
    """Return a minimal environment, so that no secret of the shell reaches a server."""
    kept = {name: os.environ[name] for name in INHERITED_VARIABLES if name in os.environ}
    return kept | {"HOME": str(home)} | variables


class Identity(TypedDict):
    """The arguments with which subprocess changes the user; None keeps the current one."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def identity_of(account: Account | None) -> Identity:
    """Return the arguments that run a program under an account, without any of root's groups."""
    if account is None:
        return Identity(user=None, group=None, extra_groups=None)
    return Identity(user=account.uid, group=account.gid, extra_groups=[account.gid])


def run(
    arguments: Sequence[str | Path],
    account: Account | None = None,
    *,
    environment: dict[str, str] | None = None,
    text: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a program to completion, with both outputs in `stdout`; the exit code is 126 if it cannot be run."""
    try:
        return subprocess.run(
            arguments,
            env=environment,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            check=False,
            **identity_of(account),
        )
    except OSError as error:
        return subprocess.CompletedProcess(arguments, 126, stdout=str(error))


def can_enter(folder: Path, account: Account) -> bool:
    """Return whether the account can enter a folder through all its parents, by trying it."""
    return run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], account).returncode == 0


def last_lines(log: Path, count: int = 15) -> str:
    """Return the last lines of a log, for an error message."""
    with suppress(OSError), log.open(encoding="utf-8", errors="replace") as lines:
        return "".join(deque(lines, maxlen=count)).rstrip()
    return ""


@dataclass(frozen=True)
class ProcessFacts:
    """The facts that distinguish a process from a later one with the same pid."""

    started: str
    command: str


def look_up(pid: int) -> ProcessFacts | None:
    """Return the facts of a live process; None if it is gone or a zombie."""
    entry = Path("/proc") / str(pid)
    if not Path("/proc/self/stat").exists():
        return _look_up_with_ps(pid)
    try:
        statistics = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return None
    state, *fields = statistics.rpartition(")")[2].split()
    return None if state == "Z" else ProcessFacts(started=fields[18], command=command)


def _look_up_with_ps(pid: int) -> ProcessFacts | None:
    listing = run(["ps", "-ww", "-o", "state=,lstart=,command=", "-p", str(pid)])
    words = listing.stdout.split()
    if listing.returncode != 0 or words[0].startswith("Z"):
        return None
    return ProcessFacts(started=" ".join(words[1:6]), command=" ".join(words[6:]))


def is_working_folder(folder: Path) -> bool:
    """Return whether any live process has this working folder, as far as /proc shows."""
    wanted = folder.resolve()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").readlink() == wanted and look_up(int(entry.name)):
                return True
    return False


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Poll until `is_so` returns True; return False if it still does not after that many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@dataclass(frozen=True)
class Program:
    """A command line to execute, with its environment and working folder."""

    arguments: Sequence[str | Path]
    environment: dict[str, str]
    working_folder: Path


@dataclass(frozen=True)
class ServerProcess:
    """A server in its own session, whose command line names the folder that it works in."""

    pid: int
    started: str
    port: int
    folder: Path
    stop_signal: signal.Signals

    @classmethod
    def launch(
        cls,
        program: Program,
        account: Account | None,
        *,
        port: int,
        folder: Path,
        stop_signal: signal.Signals,
    ) -> Self:
        """Start the server detached, with its output in a new log in the folder, and write the pid file."""
        with suppress(FileNotFoundError):
            cls.log_of(folder).replace(folder / "server.log.before")
        with cls.log_of(folder).open("wb") as log:
            child = subprocess.Popen(
                program.arguments,
                env=program.environment,
                cwd=program.working_folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity_of(account),
            )
        facts = look_up(child.pid)
        server = cls(child.pid, facts.started if facts else "", port, folder, stop_signal)
        record = f"{server.pid}\n{server.started}\n{server.port}\n"
        cls.pid_file_of(folder).write_text(record, encoding="utf-8")
        return server

    @classmethod
    def recorded(cls, folder: Path, stop_signal: signal.Signals) -> Self | None:
        """Return the server that the pid file names, running or not; None if there is no valid file."""
        try:
            pid, started, port = cls.pid_file_of(folder).read_text(encoding="utf-8").splitlines()
            return cls(int(pid), started, int(port), folder, stop_signal)
        except (OSError, ValueError):
            return None

    @staticmethod
    def pid_file_of(folder: Path) -> Path:
        return folder / "server.pid"

    @staticmethod
    def log_of(folder: Path) -> Path:
        return folder / "server.log"

    def __str__(self) -> str:
        return f"pid {self.pid}"

    def is_alive(self) -> bool:
        facts = look_up(self.pid)
        return facts is not None and facts.started == self.started and str(self.folder) in facts.command

    def last_words(self) -> str:
        log = self.log_of(self.folder)
        return f"{last_lines(log)}\nThe whole log is {log}"

    def stop(self) -> None:
        """Ask the server to stop, and kill its whole session if it still runs after STOP_SECONDS."""
        if self.is_alive():
            os.kill(self.pid, self.stop_signal)
        if not wait_until(lambda: not self.is_alive(), STOP_SECONDS):
            os.killpg(self.pid, signal.SIGKILL)
        self.pid_file_of(self.folder).unlink(missing_ok=True)
