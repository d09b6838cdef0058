"""`make run`: migrate, load the content on the first run, create an editor, serve."""

from __future__ import annotations

import os
import sys
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
    if arguments.reload:
        os.execv(sys.executable, [sys.executable, "manage.py", "runserver", f"{host}:{port}"])
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py"])


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
    call_command("create_editor")


if __name__ == "__main__":
    main()
