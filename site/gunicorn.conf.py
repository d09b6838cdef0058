"""Gunicorn: `gunicorn -c site/gunicorn.conf.py`. HOST and PORT say where it listens."""

import os
import sys
from pathlib import Path

# Gunicorn's own `pythonpath` setting is ignored by --check-config.
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from config.application_server import REQUEST_LINE  # noqa: E402

wsgi_app = "config.wsgi:application"
worker_class = "config.application_server.Worker"
limit_request_line = REQUEST_LINE
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))
max_requests = 10_000
max_requests_jitter = 1_000
# No access log: it would hold the addresses of readers.
accesslog = None
errorlog = "-"
loglevel = "warning"
