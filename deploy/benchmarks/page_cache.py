"""`make benchmark-pages`: how fast a kept page is sent, beside a bare Django view of the same size, the page made anew,
and nginx, which keeps pages too, beside its own file.

All run on this machine at the same time and take turns, so that other load affects them alike.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.engines.errors import MissingProgramError
from deploy.nginx.trial import HOST, free_port, nginx, wait_for

ROOT = Path(__file__).resolve().parents[2]
PAGE, ENCODING = "/en/", "br"
_COMPARED = (("kept", "bare"), ("kept", "made"), ("nginx, kept", "nginx, file"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="how long each run lasts (3)")
    parser.add_argument("--rounds", type=int, default=3, help="how many runs of each there are (3)")
    parser.add_argument("--connections", type=int, default=8, help="how many ask at once (8)")
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        raise MissingProgramError("wrk is not installed (Debian: apt-get install wrk).")
    with tempfile.TemporaryDirectory(prefix="website-pages-") as name, ExitStack() as stack:
        addresses = _start_all(Path(name), stack)
        rates: dict[str, list[float]] = {kind: [] for kind in addresses}
        for number in range(arguments.rounds):
            # The order alternates, so that a machine that slows down favours none.
            for kind in sorted(addresses, reverse=bool(number % 2)):
                rates[kind].append(_rate(addresses[kind], arguments))
            print(", ".join(f"{kind} {rates[kind][-1]:,.0f}/s" for kind in addresses), flush=True)
        for one, other in _COMPARED:
            ratios = [mine / theirs for mine, theirs in zip(rates[one], rates[other], strict=True)]
            print(f"{one} / {other}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def _start_all(folder: Path, stack: ExitStack) -> dict[str, str]:
    """Start the servers, and return the address of each."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder}/database.sqlite3",
        "DATA_FOLDER": str(folder),
        "ALLOWED_HOSTS": HOST,
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": "true",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    for command in (["migrate", "--verbosity", "0"], ["load_content", "home/content/starter"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=ROOT, env=environment, check=True, capture_output=True)
    kept = stack.enter_context(_gunicorn(environment))
    made = stack.enter_context(_gunicorn(environment | {"PAGE_CACHE_MEGABYTES": "0"}))
    body = _body(kept)
    print(f"A page of {len(body):,} bytes in {ENCODING}, {os.environ.get('WEB_WORKERS', '2')} workers")
    bare = {**environment, "BARE_BYTES": str(len(body))}
    of_bare = stack.enter_context(_gunicorn(bare, "deploy.benchmarks.bare:application"))
    served, plain = folder / "nginx", free_port()
    (served / "files").mkdir(parents=True)
    (served / "files" / "page.html").write_bytes(body)
    proxy = nginx(served, f"127.0.0.1:{kept}", folder / "media", _file_server(served, plain))
    port = stack.enter_context(proxy)
    return {
        "kept": f"http://127.0.0.1:{kept}{PAGE}",
        "bare": f"http://127.0.0.1:{of_bare}{PAGE}",
        "made": f"http://127.0.0.1:{made}{PAGE}",
        "nginx, kept": f"https://127.0.0.1:{port}{PAGE}",
        "nginx, file": f"https://127.0.0.1:{plain}/page.html",
    }


@contextmanager
def _gunicorn(environment: dict[str, str], *application: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py", "--no-control-socket", *application]
    server = subprocess.Popen(command, cwd=ROOT, env=environment | {"PORT": str(port)})
    try:
        wait_for(port)
        _body(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _body(port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", PAGE, headers={"Host": HOST, "Accept-Encoding": ENCODING})
    body = connection.getresponse().read()
    connection.close()
    return body


def _rate(url: str, arguments: argparse.Namespace) -> float:
    """Return the requests answered per second. Exit with wrk's output if an answer is an error."""
    sent = ["-H", f"Host: {HOST}", "-H", f"Accept-Encoding: {ENCODING}"]
    command = ["wrk", "-t1", f"-c{arguments.connections}", f"-d{arguments.seconds}s", *sent, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if found is None or "Non-2xx" in output:
        sys.exit(output)
    return float(found[1])


def _file_server(served: Path, port: int) -> str:
    return f"""
    server {{
        listen 127.0.0.1:{port} ssl http2;
        server_name {HOST};
        ssl_certificate {served}/certificate.pem;
        ssl_certificate_key {served}/key.pem;
        access_log off;
        sendfile on;
        tcp_nopush on;
        root {served}/files;
    }}
    """


if __name__ == "__main__":
    main()
