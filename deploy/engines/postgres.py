"""
Start a real PostgreSQL for development and tests: `python deploy/engines/postgres.py start`.

The cluster belongs to this checkout and listens on the loopback address only, without a Unix socket. The only
role that may log in, `website`, needs no password; it is not a superuser, but may create databases for tests.
"""

import argparse
import locale
import re
import shutil
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from deploy.engines import common, errors
from deploy.engines.folders import make_folder, newest_first
from deploy.engines.process import (
    Program,
    ServerProcess,
    is_working_folder,
    look_up,
    run,
    server_environment,
    wait_until,
)

ROLE = DATABASE = "website"
SUPERUSER = "postgres"
PACKAGED_PROGRAMS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
FAST_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")
ORPHAN_SECONDS = 10
PROTOCOL_VERSION = 3 << 16


class Postgres(common.Engine):
    """The database cluster of this checkout."""

    name = "postgres"
    title = "PostgreSQL"
    description = "Start and stop the PostgreSQL of this checkout, on the loopback address only."
    url_variable = "DATABASE_URL"
    port_variable = "POSTGRES_PORT"
    default_port = 54329
    accounts = ("postgres",)
    ready_seconds = 60
    start_flags = {"--fast": "do not wait for the disk: for tests; a crash of the machine may ruin the data"}

    def url(self, port: int) -> str:
        return f"postgresql://{ROLE}@{common.HOST}:{port}/{DATABASE}"

    def recorded(self) -> ServerProcess | None:
        return ServerProcess.recorded(self.folder, signal.SIGINT)

    def answers(self, port: int) -> bool:
        """Return whether the website's role can log in. Speaks PostgreSQL's protocol, so needs no client program."""
        return _can_log_in(port)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def launch(self, port: int, arguments: argparse.Namespace) -> ServerProcess:
        programs = self._find_programs()
        if not self.data.exists():
            self._make_cluster(programs)
        make_folder(self.data, self.account, mode=0o700)
        self._remove_lock_of_the_dead()
        settings = [f"listen_addresses={common.HOST}", f"port={port}", "unix_socket_directories="]
        settings += FAST_SETTINGS if arguments.fast else ()
        options = [word for setting in settings for word in ("-c", setting)]
        return ServerProcess.launch(
            Program([programs / "postgres", "-D", self.data, *options], self._environment(), self.data),
            self.account,
            port=port,
            folder=self.folder,
            stop_signal=signal.SIGINT,
        )

    def _remove_lock_of_the_dead(self) -> None:
        """
        Remove PostgreSQL's lock file if the process that it names is not a server of this cluster.

        PostgreSQL itself takes any process with that pid for the server: a zombie, which remains in a container
        whose first process does not reap its children, or another program that was given the pid. The file is
        removed only when no child of the dead server works in the data folder.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists() or not Path("/proc/self").exists():
            return
        number = lock.read_text(encoding="utf-8").partition("\n")[0].strip()
        owner = look_up(int(number)) if number.isdecimal() else None
        if owner and str(self.data) in owner.command:
            return
        if is_working_folder(self.data):
            common.say("A server was killed here: waiting until its children have ended")
        if wait_until(lambda: not is_working_folder(self.data), ORPHAN_SECONDS):
            lock.unlink()

    def _environment(self) -> dict[str, str]:
        return server_environment(self.folder, LC_ALL=_utf8_locale())

    def _find_programs(self) -> Path:
        """Return the folder of initdb and postgres; an existing cluster needs those of its own major version.

        Raise MissingProgramError if there is none.
        """
        versions = {folder: self._major_version(folder) for folder in program_folders()}
        found = {folder: version for folder, version in versions.items() if version}
        if not found:
            raise errors.MissingProgramError(
                "PostgreSQL's server is not installed. Debian and Ubuntu: apt-get install postgresql. "
                "macOS: brew install postgresql."
            )
        version_file = self.data / "PG_VERSION"
        if not version_file.exists():
            return next(iter(found))
        wanted = version_file.read_text(encoding="utf-8").strip()
        for folder, version in found.items():
            if version == wanted:
                return folder
        raise errors.MissingProgramError(
            f"{self.data} was made by PostgreSQL {wanted}; this machine has {', '.join(found.values())}: "
            f"install that version, or remove the folder to begin with an empty database."
        )

    def _major_version(self, folder: Path) -> str:
        """Return the version as in "17", or an empty string if the server's account cannot run the program."""
        answer = run([folder / "postgres", "--version"], self.account)
        match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
        return match[1] if match and answer.returncode == 0 else ""

    def _make_cluster(self, programs: Path) -> None:
        """Create the cluster in another folder and move it into place, in case the start is interrupted."""
        common.say("Making the database cluster")
        new = self.folder / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        make_folder(new, self.account, mode=0o700)
        settings = (
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            f"--locale={_utf8_locale()}",
        )
        self._run([programs / "initdb", "-D", new, *settings])
        # Tests drop databases, which fails for a role that may not end an autovacuum running there.
        self._run(
            [programs / "postgres", "--single", "-D", new, "-c", "exit_on_error=on", SUPERUSER],
            f"CREATE ROLE {ROLE} LOGIN CREATEDB IN ROLE pg_signal_backend;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n",
        )
        (new / "pg_hba.conf").write_text(f"host all {ROLE} {common.HOST}/32 trust\n", encoding="utf-8")
        new.rename(self.data)

    def _run(self, arguments: list[str | Path], text: str = "") -> None:
        answer = run(arguments, self.account, environment=self._environment(), text=text)
        if answer.returncode != 0:
            raise errors.EngineError(f"{arguments[0]} failed:\n{answer.stdout}")


def program_folders() -> Iterator[Path]:
    """Yield the folders that contain initdb and postgres: that on the PATH, then those of packages, newest first."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in PACKAGED_PROGRAMS:
        folders += newest_first(pattern)
    return (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists())


def _utf8_locale() -> str:
    """Return a locale that knows the capitals of every script, so that a case-insensitive search finds É."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in LOCALES:
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _can_log_in(port: int) -> bool:
    """Return whether the server answers a start-up message by becoming ready for a query (protocol 3.0)."""
    parameters = f"user\0{ROLE}\0database\0{DATABASE}\0\0".encode()
    try:
        with (
            socket.create_connection((common.HOST, port), timeout=2) as connection,
            connection.makefile("rb") as answer,
        ):
            connection.sendall(struct.pack("!II", len(parameters) + 8, PROTOCOL_VERSION) + parameters)
            while header := answer.read(5):
                kind, length = struct.unpack("!cI", header)
                answer.read(length - 4)
                if kind == b"Z":
                    connection.sendall(struct.pack("!cI", b"X", 4))
                    return True
                if kind == b"E":
                    return False
    except (OSError, struct.error):
        pass
    return False


if __name__ == "__main__":
    sys.exit(common.main(Postgres))
