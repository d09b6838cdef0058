"""Gunicorn: `gunicorn -c site/gunicorn.conf.py`. HOST and PORT say where it listens."""

import os
import shutil
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


def on_starting(server: Any) -> None:
    """Make the folder of the counts for /metrics (prometheus_client.multiprocess): in memory, since a process
    that writes to a mapped file on a full disk is killed.
    """
    memory = "/dev/shm"  # noqa: S108 -- mkdtemp makes a folder that nobody else can read or have made
    shared = memory if os.access(memory, os.W_OK) else None
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="website-metrics-", dir=shared)


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
