"""`make run`: migrate, load the content on the first run, create an editor, then run the server and the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLES = ("home/content/starter", "home/content/sample")


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--reload", action="store_true", help="restart on every change of the code")
    arguments = parser.parse_args()
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ.setdefault("BASE_URL", f"http://{host}:{port}")
    _prepare()
    address = os.environ["BASE_URL"]
    print(
        f"\nThe site is at {address}\n"
        f"  Arabic   {address}/ar/\n  English  {address}/en/\n  French   {address}/fr/\n"
        f"  Editors  {address}/admin/\nStop it with Ctrl+C.\n",
        flush=True,
    )
    server = (
        ["manage.py", "runserver", f"{host}:{port}"]
        if arguments.reload
        else ["-m", "gunicorn", "-c", "site/gunicorn.conf.py"]
    )
    sys.exit(_serve([[sys.executable, *server], [sys.executable, "manage.py", "run_worker"]]))


def _serve(commands: list[list[str]]) -> int:
    """Run the server and the worker until one of them exits or a signal stops us, then stop what still runs.

    Return the exit code: 0 if a signal stopped us, otherwise that of a process that failed, or 1.
    """
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    # In their own sessions, so that Ctrl+C reaches only us and we stop them in order.
    processes = [subprocess.Popen(command, start_new_session=True) for command in commands]
    while not stopped.wait(0.5) and all(process.poll() is None for process in processes):
        pass
    for process in processes:
        process.terminate()
    codes = [process.wait() for process in processes]
    return 0 if stopped.is_set() else next((code for code in codes if code), 1)


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from core.models import OfficeSettings

    call_command("migrate", verbosity=0)
    if not OfficeSettings.objects.exists():
        for bundle in BUNDLES:
            print(f"Loading {bundle}", flush=True)
            call_command("load_content", bundle)
    call_command("create_editor", roles=["communications", "press-officer", "press-manager"])


if __name__ == "__main__":
    main()
