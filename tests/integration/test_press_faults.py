"""Five hundred inquiries while the mail server and the workers are killed again and again, and Elasticsearch is away:
no inquiry is lost, and no mail goes out twice.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from mailing.models import OutgoingMessage
from press.models import Inquiry
from tests.mail_server import free_port, mails_in
from tests.own_database import own_database
from tests.press_inquiries import address, typed
from tests.webhook_receiver import wait_until

ROOT = Path(__file__).resolve().parents[2]
INQUIRIES, CLIENTS = 500, 8
Status = OutgoingMessage.Status


@dataclass
class Machine:
    """A web server, two workers and a mail server, each a process of its own."""

    folder: Path
    database: str
    web_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def journal(self) -> Path:
        return self.folder / "mail.jsonl"

    def start(self, name: str) -> None:
        manage = [sys.executable, "manage.py"]
        command = {
            "web": [
                sys.executable,
                "-m",
                "gunicorn",
                "-c",
                "site/gunicorn.conf.py",
                "-b",
                f"127.0.0.1:{self.web_port}",
            ],
            "mail": [sys.executable, "-m", "tests.mail_server", str(self.mail_port), str(self.journal)],
        }.get(name, [*manage, "run_worker"])
        variables = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": self.database,
            "DATA_FOLDER": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "ENCRYPTION_KEYS": settings.ENCRYPTION_KEYS[0],
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "ELASTICSEARCH_URL": f"http://127.0.0.1:{free_port()}",  # where nobody answers
            "LOG_LEVEL": "ERROR",
            "WEB_THREADS": "4",
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | variables, stdout=log, stderr=subprocess.STDOUT
            )

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()
        self.kills[name.split("-", maxsplit=1)[0]] += 1

    def harm(self, choice: random.Random) -> None:
        """Kill something, and start it again. What a worker had claimed is free at once, as if a minute went by."""
        name = choice.choice(["mail", "worker-1", "worker-2"])
        self.kill(name)
        let_time_pass()
        time.sleep(choice.uniform(0, 0.5))
        self.start(name)
        time.sleep(choice.uniform(0.5, 2))


@contextmanager
def machine(folder: Path, database: str) -> Iterator[Machine]:
    machine = Machine(folder, database)
    with ExitStack() as stack:
        for name in ("mail", "web", "worker-1", "worker-2"):
            machine.start(name)
        stack.callback(machine.stop)
        wait_until(lambda: answers(machine), 120)
        yield machine


def answers(machine: Machine) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{machine.web_port}/robots.txt", timeout=10) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def let_time_pass() -> None:
    """What waits is due, and what is claimed is free."""
    unsettled = OutgoingMessage.objects.filter(status__in=[Status.WAITING, Status.HANDING_OVER])
    unsettled.update(next_attempt_at=timezone.now(), claimed_until=timezone.now())


def send(url: str, form: dict[str, str]) -> str:
    """The reference that the confirmation shows."""
    with urlopen(url, urlencode(form).encode(), timeout=60) as response:
        found = re.search(r"PR-\d{4}-\d{4,}", response.read().decode())
    assert found
    return found[0]


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_killing_mail_server_and_workers_loses_no_inquiry_and_sends_no_mail_twice(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with django_db_blocker.unblock(), own_database(tmp_path) as database, machine(tmp_path, database) as running:
        url = f"http://127.0.0.1:{running.web_port}{address('ar')}"
        forms = [typed(name=f"Journalist {number}", email=f"j{number}@example.org") for number in range(INQUIRIES)]
        began, choice = time.monotonic(), random.Random(7)  # noqa: S311
        with ThreadPoolExecutor(CLIENTS) as clients:
            sent = [clients.submit(send, url, form) for form in forms]
            while not all(each.done() for each in sent):
                running.harm(choice)
        references = [each.result() for each in sent]
        took = time.monotonic() - began
        wait_until(is_settled, 60)
        stored = dict(Inquiry.objects.values_list("reference", "pk"))
        by_status: dict[str, set[str]] = {}
        for status, message_id in OutgoingMessage.objects.values_list("status", "message_id"):
            by_status.setdefault(status, set()).add(message_id)
        arrived = Counter(str(mail["Message-ID"]) for mail in mails_in(running.journal))
        uncertain = by_status.get(Status.UNCERTAIN, set())
        print(  # noqa: T201
            f"{len(references)} inquiries in {took:.0f} s, stored {len(stored)}; of {2 * INQUIRIES} mails "
            f"sent {len(by_status[Status.SENT])}, uncertain {len(uncertain)} "
            f"(of which arrived {len(uncertain & arrived.keys())}), "
            f"twice {sum(number > 1 for number in arrived.values())}; killed {dict(running.kills)}"
        )
        assert len(set(references)) == len(references) == INQUIRIES
        assert stored.keys() == set(references)
        assert max(arrived.values()) == 1, "a mail went out twice"
        assert by_status.keys() <= {Status.SENT, Status.UNCERTAIN}
        assert sum(map(len, by_status.values())) == 2 * INQUIRIES
        assert by_status[Status.SENT] <= arrived.keys(), "a mail that is said to be sent never arrived"
        assert arrived.keys() <= by_status[Status.SENT] | uncertain
        assert len(uncertain) <= 2 * running.kills.total()
        assert running.kills["mail"]
        assert running.kills["worker"]


def is_settled() -> bool:
    let_time_pass()
    time.sleep(0.5)
    return not OutgoingMessage.objects.filter(status__in=[Status.WAITING, Status.HANDING_OVER]).exists()
