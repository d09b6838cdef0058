"""Runs the parts of the site as separate processes, which a test may kill at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from mailing.models import OutgoingMessage
from tests.mail_server import free_port
from tests.webhook_receiver import wait_until

ROOT = Path(__file__).resolve().parents[1]
UNSETTLED = (OutgoingMessage.Status.WAITING, OutgoingMessage.Status.HANDING_OVER)


@dataclass
class Machine:
    """A web server (“web”), a mail server (“mail”) and any number of workers (“worker-1”, …).

    The site writes all its files to `folder`; only the database may be on a server. `variables` are environment
    variables that differ from those of a development machine; `answers` are the mail server's to the first mails.
    """

    folder: Path
    database: str
    variables: dict[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    web_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def journal(self) -> Path:
        return self.folder / "mail.jsonl"

    def start(self, name: str) -> None:
        """Start a process without waiting until it is ready."""
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": self.database,
            "DATA_FOLDER": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "ENCRYPTION_KEYS": settings.ENCRYPTION_KEYS[0],
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "ELASTICSEARCH_URL": "",
            **self.variables,
        }
        with self.log(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self._command(name), cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def answers_requests(self) -> bool:
        try:
            with urlopen(f"{self.site}/robots.txt", timeout=10) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def _command(self, name: str) -> list[str]:
        if name == "web":
            listen = f"127.0.0.1:{self.web_port}"
            return [sys.executable, "-m", "gunicorn", "-c", "site/gunicorn.conf.py", "-b", listen]
        if name == "mail":
            return [sys.executable, "-m", "tests.mail_server", str(self.mail_port), str(self.journal), *self.answers]
        return [sys.executable, "manage.py", "run_worker"]


@contextmanager
def running(machine: Machine, *names: str) -> Iterator[None]:
    """Start the web server and these other processes, and kill all that run at the end."""
    try:
        for name in ("web", *names):
            machine.start(name)
        wait_until(machine.answers_requests)
        yield
    finally:
        for name in machine.processes:
            machine.kill(name)


def let_time_pass() -> None:
    """Make every waiting mail due, and end every claim."""
    unsettled = OutgoingMessage.objects.filter(status__in=UNSETTLED)
    unsettled.update(next_attempt_at=timezone.now(), claimed_until=timezone.now())
