"""`make benchmark-pages`: how fast a kept page is sent, beside a bare Django view of the same size, the page made anew,
and nginx, which keeps pages too, beside its own file.

All run on this machine at the same time and take turns, so that other load affects them alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from deploy.benchmarks.wrk import ROOT, body_of, environment_of, file_server, gunicorn, rate, read_arguments
from deploy.nginx.trial import free_port, nginx

PAGE, ENCODING = "/en/", "br"
_COMPARED = (("kept", "bare"), ("kept", "made"), ("nginx, kept", "nginx, file"))


def main() -> None:
    arguments = read_arguments(__doc__, seconds=3, rounds=3)
    with tempfile.TemporaryDirectory(prefix="website-pages-") as name, ExitStack() as stack:
        addresses = _start_all(Path(name), stack)
        rates: dict[str, list[float]] = {kind: [] for kind in addresses}
        for number in range(arguments.rounds):
            # The order alternates, so that a machine that slows down favours none.
            for kind in sorted(addresses, reverse=bool(number % 2)):
                rates[kind].append(rate(addresses[kind], arguments, f"Accept-Encoding: {ENCODING}"))
            print(", ".join(f"{kind} {rates[kind][-1]:,.0f}/s" for kind in addresses), flush=True)
        for one, other in _COMPARED:
            ratios = [mine / theirs for mine, theirs in zip(rates[one], rates[other], strict=True)]
            print(f"{one} / {other}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def _start_all(folder: Path, stack: ExitStack) -> dict[str, str]:
    """Start the servers, and return the address of each."""
    environment = environment_of(folder)
    for command in (["migrate", "--verbosity", "0"], ["load_content", "home/content/starter"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=ROOT, env=environment, check=True, capture_output=True)
    kept = stack.enter_context(gunicorn(environment))
    made = stack.enter_context(gunicorn(environment | {"PAGE_CACHE_MEGABYTES": "0"}))
    body = body_of(kept, PAGE, **{"Accept-Encoding": ENCODING})
    print(f"A page of {len(body):,} bytes in {ENCODING}, {os.environ.get('WEB_WORKERS', '2')} workers")
    bare = {**environment, "BARE_BYTES": str(len(body))}
    of_bare = stack.enter_context(gunicorn(bare, "deploy.benchmarks.bare:application"))
    served, plain = folder / "nginx", free_port()
    (served / "files").mkdir(parents=True)
    (served / "files" / "page.html").write_bytes(body)
    proxy = nginx(served, f"127.0.0.1:{kept}", folder / "media", file_server(served, plain, f"root {served}/files;"))
    port = stack.enter_context(proxy)
    return {
        "kept": f"http://127.0.0.1:{kept}{PAGE}",
        "bare": f"http://127.0.0.1:{of_bare}{PAGE}",
        "made": f"http://127.0.0.1:{made}{PAGE}",
        "nginx, kept": f"https://127.0.0.1:{port}{PAGE}",
        "nginx, file": f"https://127.0.0.1:{plain}/page.html",
    }


if __name__ == "__main__":
    main()
