"""What people do with an installation of the whole site while an operator restarts or upgrades it."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from deploy.stack.release import FILES, FOLDERS
from tests.admin_forms import fields_of
from tests.press_inquiries import TYPED
from tests.stack_trial import ROOT, Trial, folder_for_all

_READ = (
    "/ar/",
    "/en/",
    "/fr/",
    "/en/news/",
    "/admin/login/",
    "/api/v1/items?locale=en",
    "/en/search/",
    "/live",
)
# What the newer release has in every page, and what its migration gives to rows of either release.
NEWER = '<meta name="release" content="newer">'
LATER = 7
_MIGRATION = f"""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "{{before}}")]
    operations = [
        migrations.AddField("inquiry", "later", models.IntegerField(default={LATER}, db_default={LATER})),
    ]
"""
_HAS_COLUMN = "SELECT 1 FROM information_schema.columns WHERE table_name = 'press_inquiry' AND column_name = 'later'"
_INQUIRY = "/en/press/inquiry/"
# No more than a network may send in an hour.
_MOST_INQUIRIES, _BETWEEN = 20, 1.0
# Slow enough for the API, which allows 600 requests a minute.
_PAUSE = 0.15


@dataclass
class Reads:
    """What eight readers were answered: after how many seconds, at which address, and with which status."""

    answers: list[tuple[float, str, int]] = field(default_factory=list)
    seconds: float = 0.0

    def show_nobody_waited(self) -> None:
        assert {(address, status) for _, address, status in self.answers if status != 200} == set()
        # A second, or on a machine so slow that nothing is answered in one, a part of what a process needs to load.
        assert max(self.answers)[0] < max(1.0, min(self.seconds, 16) / 8)


@contextmanager
def reading(stack: Trial) -> Iterator[Reads]:
    reads = Reads()

    def read(address: str, stopped: threading.Event) -> None:
        while not stopped.wait(_PAUSE):
            begun = time.monotonic()
            status = stack.get(address).status
            reads.answers.append((time.monotonic() - begun, address, status))

    begun = time.monotonic()
    with _at_work(*(partial(read, address) for address in _READ)):
        yield reads
    reads.seconds = time.monotonic() - begun


@contextmanager
def sending(stack: Trial) -> Iterator[list[str]]:
    """Send inquiries from the moment when the table has its new column. Yield the references that journalists are
    given, or the status where there is none.
    """
    given: list[str] = []
    shown = SimpleNamespace(content=stack.get(_INQUIRY).body)
    form = fields_of(shown, "inquiry-form") | TYPED

    def send(stopped: threading.Event) -> None:
        while not stack.query(_HAS_COLUMN) and not stopped.wait(_PAUSE):
            pass
        while len(given) < _MOST_INQUIRIES and not stopped.wait(_BETWEEN):
            answer = stack.post(_INQUIRY, form | {"email": f"j{len(given)}@example.org"})
            reference = re.search(r"PR-\d{4}-\d{4,}", answer.body.decode())
            given.append(reference[0] if reference else str(answer.status))

    with _at_work(send):
        yield given


@contextmanager
def _at_work(*works: Callable[[threading.Event], None]) -> Iterator[None]:
    stopped = threading.Event()
    threads = [threading.Thread(target=work, args=[stopped]) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


@contextmanager
def newer_release() -> Iterator[Path]:
    """Yield a checkout of a release whose migration adds a column to inquiries, and which shows that it is newer."""
    with folder_for_all() as folder:
        for name in FOLDERS:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        for name in FILES:
            shutil.copy(ROOT / name, folder)
        migrations = folder / "press" / "migrations"
        before = max(path.stem for path in migrations.glob("[0-9]*.py"))
        (migrations / "9999_later.py").write_text(_MIGRATION.format(before=before))
        for name in ("base.html", "error_base.html"):
            page = folder / "templates" / name
            page.write_text(page.read_text().replace("</head>", f"{NEWER}</head>"))
        yield folder
