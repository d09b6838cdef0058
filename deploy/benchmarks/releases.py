"""`make benchmark-releases BEFORE=<commit>`: compare the cost of pages and of the API with that of an earlier commit.

Each commit has its own server with its own content, and they are requested in turns. DATABASE_URL may name a PostgreSQL
server, on which a database is created for each and dropped afterwards; otherwise both use SQLite. Both run in the
environment of this checkout. The cost is the processor time of the server, without the client's.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from deploy.benchmarks.server import Server
from deploy.nginx.trial import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
_PREPARE = "import sys; sys.path[:0] = ['site', '.']; import deploy.run; deploy.run._prepare()"
_PAGES = ("/ar/", "/en/", "/en/news/", "/ar/press/", "/en/search/?q=migration", "/en/nowhere/", "/nowhere/")
_LISTS = ("/api/v1/news?locale=en", "/api/v1/publications?locale=ar", "/api/v1/changes")


class Release(Server):
    """One checkout behind gunicorn. As shipped it has two threads: with one, gunicorn serves earlier commits with a
    simpler worker than this one.
    """

    def __init__(self, checkout: Path, folder: Path, database: str) -> None:
        port = free_port()
        folder.mkdir()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATABASE_URL": database, "DATA_FOLDER": str(folder),
            "HOST": "127.0.0.1", "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}",
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
        super().__init__(subprocess.Popen(command, cwd=checkout, env=environment, stderr=quiet), port)
        wait_for(port)


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
        started: list[Release] = []
        try:
            for each, place in (("before", checkout), ("after", ROOT)):
                started.append(Release(place, folder / each, _database(each, folder)))
            yield started[0], started[1]
        finally:
            for server in started:
                server.stop()
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
