"""Measure how many requests a second a server answers, with wrk, and run the servers that are compared."""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.engines.errors import MissingProgramError
from deploy.nginx.trial import HOST, free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


def read_arguments(description: str | None, *, seconds: int, rounds: int) -> argparse.Namespace:
    """Return the arguments `seconds`, `rounds` and `connections`. Raise MissingProgramError if there is no wrk."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seconds", type=int, default=seconds, help=f"how long each run lasts ({seconds})")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how many runs of each there are ({rounds})")
    parser.add_argument("--connections", type=int, default=8, help="how many ask at once (8)")
    if not shutil.which("wrk"):
        raise MissingProgramError("wrk is not installed (Debian: apt-get install wrk).")
    return parser.parse_args()


def rate(url: str, arguments: argparse.Namespace, *headers: str) -> float:
    """Return the requests answered per second. Exit with wrk's output if an answer is an error."""
    sent = [part for header in (f"Host: {HOST}", *headers) for part in ("-H", header)]
    command = ["wrk", "-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", *sent, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None or "Non-2xx" in output:
        sys.exit(output)
    return float(found[1])


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment of a site behind nginx with its data in `folder`, on SQLite."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder}/database.sqlite3",
        "DATA_FOLDER": str(folder),
        "ALLOWED_HOSTS": HOST,
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": "true",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }


@contextmanager
def gunicorn(environment: dict[str, str], *application: str) -> Iterator[int]:
    """Run the site, or another application, behind gunicorn; yield its port once it has answered."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py", "--no-control-socket", *application]
    server = subprocess.Popen(command, cwd=ROOT, env=environment | {"PORT": str(port)})
    try:
        wait_for(port)
        # It accepts connections before it has loaded the application.
        body_of(port, "/")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def body_of(port: int, path: str, **headers: str) -> bytes:
    """Return the body of an answer as it is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Host": HOST} | headers)
    body = connection.getresponse().read()
    connection.close()
    return body


def file_server(served: Path, port: int, location: str) -> str:
    """Return a server of nginx's own for `location`, with the certificate that lies in `served`."""
    return f"""
    server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name {HOST};
        ssl_certificate {served}/certificate.pem;
        ssl_certificate_key {served}/key.pem;
        access_log off;
        sendfile on;
        tcp_nopush on;
        {location}
    }}
    """
