"""Installs the whole site below a folder, as `make stack` does on a machine, and serves it on loopback ports."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from deploy.engines.postgres import program_folders
from deploy.nginx.trial import free_port, nginx_program
from deploy.stack.machine import account_named
from deploy.stack.places import Places

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = "mena.example.int"


def can_install() -> bool:
    is_root = os.geteuid() == 0
    return bool(is_root and nginx_program() and any(program_folders()) and shutil.which("systemd-analyze"))


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Trial:
    """An installation below `root`. What `make stack` would be told is in `wishes`."""

    def __init__(self, root: Path) -> None:
        self.places = Places(root)
        self.application, self.http, self.https = free_port(), free_port(), free_port()
        self.wishes = {
            "DOMAIN": DOMAIN,
            "EMAIL_URL": f"file://{root}/mail",
            "ACCOUNT": _account(),
            "APPLICATION": f"127.0.0.1:{self.application}",
            "HTTP_LISTEN": f"127.0.0.1:{self.http}",
            "HTTPS_LISTEN": f"127.0.0.1:{self.https}",
            "PYTHON_ENV": sys.prefix,
        }

    def command(self, action: str, checkout: Path = ROOT, **wishes: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], **wishes}
        return subprocess.run(
            self._line(action), cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    def _line(self, action: str) -> list[str]:
        return [sys.executable, "-m", "deploy.stack", action, "--root", str(self.places.root)]

    def install(self, checkout: Path = ROOT) -> str:
        done = self.command("install", checkout, **self.wishes)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        log = self.places.root / "serve.log"
        with log.open("w") as output:
            server = subprocess.Popen(self._line("serve"), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + 240
            while "The site is served." not in log.read_text():
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.2)
            yield
        finally:
            server.terminate()
            server.wait(timeout=120)

    def _connection(self) -> _Named:
        """Return a connection that trusts the certificate which the installation has at this moment."""
        trust = ssl.create_default_context(cafile=self.places.settings / "certificate.pem")
        return _Named("127.0.0.1", self.https, context=trust, timeout=60)

    def get(self, address: str, **headers: str) -> Answer:
        """Ask by https, as a browser that trusts the certificate and checks whom it names."""
        return _asked(self._connection(), address, headers)

    def post(self, address: str, form: dict[str, str]) -> Answer:
        kind = "application/x-www-form-urlencoded"
        return _asked(self._connection(), address, {"Content-Type": kind}, urlencode(form))

    def query(self, sql: str) -> list[str]:
        """Return the rows of the site's database, columns joined by `|`."""
        where = (
            "-h",
            str(self.places.run.with_name("website-postgresql")),
            "-U",
            "postgres",
            "-d",
            self.wishes["ACCOUNT"],
        )
        done = subprocess.run(
            ["psql", "-XAtq", *where, "-c", sql], user="postgres", capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    def get_plainly(self, address: str, port: int, **headers: str) -> Answer:
        return _asked(http.client.HTTPConnection("127.0.0.1", port, timeout=60), address, headers)

    def web_processes(self) -> list[int]:
        """Return the numbers of the servers (not of their workers) that answer."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents = Path(f"/proc/{parent}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].startswith(f"{self.places.current}".encode()) and b"gunicorn" in words and words != parents:
                found.append(int(entry.name))
        return sorted(found)


class _Named(http.client.HTTPSConnection):
    """Connects to an address, and demands the certificate of the site's name."""

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=DOMAIN)  # type: ignore[attr-defined]


def _asked(
    connection: http.client.HTTPConnection, address: str, headers: dict[str, str], body: str | None = None
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET" if body is None else "POST", address, body, {"Host": DOMAIN, **named})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def _account() -> str:
    """Return an account without rights that reaches this Python; root where none does, as with one in root's home.

    It is one that every Debian has, but not `nobody`, which systemd refuses to call safe for a service.
    """
    daemon = account_named("daemon")
    assert daemon is not None
    try:
        subprocess.run([sys.executable, "-c", ""], user=daemon.uid, group=daemon.gid, extra_groups=[], check=True)
    except (OSError, subprocess.CalledProcessError):
        return "root"
    return "daemon"


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """Yield a new folder that every account may enter, as pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="website-stack-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)
