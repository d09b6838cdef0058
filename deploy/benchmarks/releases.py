"""`make benchmark-releases BEFORE=<commit>`: compare the cost of pages and of the API with that of an earlier commit.

Each commit has its own server with its own content, and they are requested in turns. DATABASE_URL may name a PostgreSQL
server, on which a database is created for each and dropped afterwards; otherwise both use SQLite. Both run in the
environment of this checkout. The cost is the processor time of the server, without the client's.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from deploy.nginx.trial import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
_networks = count()
_TICKS = os.sysconf("SC_CLK_TCK")
_PREPARE = "import sys; sys.path[:0] = ['site', '.']; import deploy.run; deploy.run._prepare()"
_PAGES = ("/ar/", "/en/", "/en/news/", "/ar/press/", "/en/search/?q=migration", "/en/nowhere/", "/nowhere/")
_LISTS = ("/api/v1/news?locale=en", "/api/v1/publications?locale=ar", "/api/v1/changes")


class Server:
    """One checkout behind gunicorn: one worker, so that its processor time is that of the requests.

    As shipped it has two threads: with one, gunicorn serves earlier commits with a simpler worker than this one.
    """

    def __init__(self, checkout: Path, folder: Path, database: str) -> None:
        self.port = free_port()
        folder.mkdir()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATABASE_URL": database, "DATA_FOLDER": str(folder),
            "HOST": "127.0.0.1", "PORT": str(self.port), "BASE_URL": f"http://127.0.0.1:{self.port}",
            "TRUST_PROXY": "true", "WEB_WORKERS": "1", "WEB_THREADS": "2",
        }  # fmt: skip
        quiet = subprocess.DEVNULL
        catalogues: list[str | Path] = [
            Path(sys.executable).parent / "pybabel",
            "--quiet",
            "compile",
            "-d",
            "locale",
            "-D",
            "django",
        ]
        subprocess.run(catalogues, cwd=checkout, check=True)
        subprocess.run([sys.executable, "-c", _PREPARE], cwd=checkout, env=environment, check=True, stdout=quiet)
        command = [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py"]
        self.process = subprocess.Popen(command, cwd=checkout, env=environment, stderr=quiet)
        wait_for(self.port)

    def ask(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body. Each request comes from a different network, so that no limit is reached."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        network = ".".join(map(str, (10, *divmod(next(_networks) % 65536, 256), 1)))
        connection.request("GET", path, headers={"X-Forwarded-For": network, "X-Forwarded-Proto": "http"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def cost(self, path: str, times: int) -> float:
        """Return the milliseconds of processor time of a request, averaged over `times` requests."""
        before = self._seconds()
        for _ in range(times):
            self.ask(path)
        return (self._seconds() - before) * 1000 / times

    def _seconds(self) -> float:
        number = self.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        stats = (Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children)
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / _TICKS


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("before", help="the commit to compare with")
    parser.add_argument("--rounds", type=int, default=15, help="how often each address is asked in turns (15)")
    arguments = parser.parse_args()
    with _servers(arguments.before) as (before, after):
        print(f"{'':44}{'before':>10}{'now':>10}{'ratio':>8}   of medians; least of each", flush=True)
        for path in (*_PAGES, *_LISTS, _one_item(before)):
            _compare(path, before, after, arguments.rounds)


def _compare(path: str, before: Server, after: Server, rounds: int) -> None:
    times = 100 if path.startswith("/api/") else 25
    costs: dict[Server, list[float]] = {before: [], after: []}
    statuses = {server: server.ask(path)[0] for server in costs}
    for number in range(rounds):
        # The order alternates, so that a machine that slows down favours neither.
        for server in (before, after) if number % 2 else (after, before):
            costs[server].append(server.cost(path, times))
    old, new = (statistics.median(costs[server]) for server in (before, after))
    least = min(costs[after]) / min(costs[before])
    print(
        f"{path[:43]:44}{old:8.2f}ms{new:8.2f}ms{new / old:8.2f}   {least:.2f}   {list(statuses.values())}", flush=True
    )


def _one_item(server: Server) -> str:
    item = json.loads(server.ask("/api/v1/news?locale=en")[1])["items"][0]
    return f"/api/v1/items/{item['content_id']}?locale=en"


@contextmanager
def _servers(commit: str) -> Iterator[tuple[Server, Server]]:
    with tempfile.TemporaryDirectory(prefix="releases-") as name:
        folder = Path(name)
        checkout = folder / "checkout"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", checkout, commit], cwd=ROOT, check=True)
        started: list[Server] = []
        try:
            for each, place in (("before", checkout), ("after", ROOT)):
                started.append(Server(place, folder / each, _database(each, folder)))
            yield started[0], started[1]
        finally:
            for server in started:
                server.process.terminate()
                server.process.wait(timeout=30)
            for each in ("before", "after"):
                _drop(each)
            subprocess.run(["git", "worktree", "remove", "--force", checkout], cwd=ROOT, check=False)


def _database(name: str, folder: Path) -> str:
    """Create an empty database and return its address."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return f"sqlite:///{folder}/{name}.sqlite3"
    _drop(name)
    _tell_server(f"CREATE DATABASE benchmark_{name}")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/benchmark_{name}").geturl()


def _drop(name: str) -> None:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        _tell_server(f"DROP DATABASE IF EXISTS benchmark_{name} WITH (FORCE)")


def _tell_server(command: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(command.encode())


if __name__ == "__main__":
    main()
