"""Gunicorn: `gunicorn -c site/gunicorn.conf.py`. HOST and PORT say where it listens."""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any

# Gunicorn's own `pythonpath` setting is ignored by --check-config.
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from config.application_server import REQUEST_LINE  # noqa: E402

wsgi_app = "config.wsgi:application"
worker_class = "config.application_server.Worker"
limit_request_line = REQUEST_LINE
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))
# Starting again costs seconds of processor time, and a busy site answers ten thousand kept pages in half a minute.
max_requests = 1_000_000
max_requests_jitter = 100_000
# No access log: it would hold the addresses of readers.
accesslog = None
errorlog = "-"
loglevel = "warning"


# Where systemd hears that the site is loaded; Gunicorn itself would say so before it is.
_supervisor = os.environ.pop("NOTIFY_SOCKET", "")
_OWN_COUNTS = "website-metrics-"


def on_starting(server: Any) -> None:
    """Make the folder of the counts for /metrics (prometheus_client.multiprocess): in memory, since a process
    that writes to a mapped file on a full disk is killed. Several servers share the one that they are given.
    """
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(exist_ok=True)
        return
    memory = "/dev/shm"  # noqa: S108 -- mkdtemp makes a folder that nobody else can read or have made
    shared = memory if os.access(memory, os.W_OK) else None
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=_OWN_COUNTS, dir=shared)


def post_worker_init(worker: Any) -> None:
    """Tell systemd that the site is loaded and answers (sd_notify), so that it restarts the next process only now."""
    if _supervisor:
        from config.warm_up import warm_up
        from config.wsgi import django

        warm_up(django)
        address = f"\0{_supervisor[1:]}" if _supervisor.startswith("@") else _supervisor
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.sendto(b"READY=1", address)


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    counts = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    if counts.name.startswith(_OWN_COUNTS):
        shutil.rmtree(counts, ignore_errors=True)
