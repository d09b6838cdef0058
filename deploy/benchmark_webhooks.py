"""Measure the time from a publish's commit to the notification of partners, over many publishes with a running worker.

Fills its own database: a temporary SQLite file, or the empty database that DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[1]
TARGET_SECONDS = 5.0
LAST_MESSAGE_SECONDS = 60.0
# Maps the seq of a change to the time at which its message first arrived.
ARRIVED: dict[int, float] = {}


class Receiver(BaseHTTPRequestHandler):
    """A partner's server on this machine."""

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        ARRIVED.setdefault(message["data"]["seq"], time.monotonic())
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--publishes", type=int, default=100)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _configure(Path(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        Thread(target=server.serve_forever, daemon=True).start()
        _prepare(f"http://127.0.0.1:{server.server_address[1]}/")
        with _running_workers(arguments.workers):
            committed = _publish(arguments.publishes)
            deadline = time.monotonic() + LAST_MESSAGE_SECONDS
            while not committed.keys() <= ARRIVED.keys() and time.monotonic() < deadline:
                time.sleep(0.1)
        server.shutdown()
    sys.exit(_report(arguments.publishes, committed))


def _configure(folder: Path) -> None:
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ["DATA_FOLDER"] = str(folder)
    os.environ["WEBHOOK_ALLOW_LOOPBACK"] = "true"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'benchmark.sqlite3'}")
    import django

    django.setup()


def _prepare(url: str) -> None:
    from django.core.management import call_command

    from publishing.models import WebhookSubscription

    print("Loading the starter content", flush=True)
    call_command("migrate", verbosity=0)
    call_command("load_content", "home/content/starter", verbosity=0)
    WebhookSubscription.objects.create(name="Benchmark", url=url)


@contextmanager
def _running_workers(number: int) -> Iterator[None]:
    command = [sys.executable, "manage.py", "run_worker"]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(number)]
    try:
        for worker in workers:
            assert worker.stdout  # noqa: S101
            worker.stdout.readline()
        yield
    finally:
        for worker in workers:
            worker.terminate()
            worker.communicate()


def _publish(number: int) -> dict[int, float]:
    """Publish changes at random intervals, and return the commit time of every change by its seq."""
    from core.processing.unit_of_work import unit_of_work
    from home.models import ProgrammePage
    from publishing.models import PublishedDocument

    pages = list(ProgrammePage.objects.live())
    last = PublishedDocument.objects.latest("seq").seq
    committed: dict[int, float] = {}
    for count in range(1, number + 1):
        page = ProgrammePage.objects.get(pk=pages[count % len(pages)].pk)
        page.title = f"{page.title.split(' #')[0]} #{count}"
        with unit_of_work():
            page.save_revision().publish()
        now = time.monotonic()
        seqs = list(PublishedDocument.objects.filter(seq__gt=last).values_list("seq", flat=True))
        committed.update(dict.fromkeys(seqs, now))
        last = max(seqs)
        if count % 10 == 0:
            print(f"  {count} of {number} published", flush=True)
        time.sleep(random.uniform(0, 1))  # noqa: S311
    return committed


def _report(publishes: int, committed: dict[int, float]) -> int:
    """Print the measurements and return the exit code."""
    missing = committed.keys() - ARRIVED.keys()
    if missing:
        print(f"{len(missing)} of {len(committed)} messages did not arrive.")
        return 1
    # A message may arrive before the publishing process has read the clock.
    waits = sorted(max(0.0, ARRIVED[seq] - moment) for seq, moment in committed.items())
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(
        f"{publishes} publishes, {len(waits)} messages. From commit to first attempt: median "
        f"{statistics.median(waits):.2f} s, p95 {p95:.2f} s, longest {waits[-1]:.2f} s; "
        f"wanted: p95 at most {TARGET_SECONDS:.0f} s."
    )
    return 0 if p95 <= TARGET_SECONDS else 1


if __name__ == "__main__":
    main()
