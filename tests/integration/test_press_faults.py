"""Five hundred inquiries while the mail server, the workers and Elasticsearch are killed again and again: no inquiry is
lost, no mail goes out twice, and whoever searches meanwhile is answered.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from pytest_django import DjangoDbBlocker

from mailing.models import OutgoingMessage
from press.models import Inquiry
from press.notices import PURPOSE
from tests.elasticsearch_nodes import Node, started_nodes
from tests.mail_server import mails_in
from tests.own_database import own_database
from tests.press_inquiries import address, typed
from tests.press_machine import UNSETTLED, Machine, let_time_pass, running
from tests.webhook_receiver import wait_until

INQUIRIES, CLIENTS = 500, 8
VICTIMS = ("mail", "worker-1", "worker-2", "elasticsearch")
Status = OutgoingMessage.Status


@dataclass
class Harmed:
    """A machine and its Elasticsearch node, and how often which kind of their processes was killed."""

    machine: Machine
    node: Node
    kills: Counter[str] = field(default_factory=Counter)

    def harm(self, name: str, choice: random.Random) -> None:
        """Kill something, and start it again. What a worker had claimed is free at once, as if a minute went by. A node
        that is still starting is spared: it would never be there.
        """
        part = self.node if name == "elasticsearch" else None
        if part and not part.answers(1):
            return
        part.kill() if part else self.machine.kill(name)
        self.kills[name.partition("-")[0]] += 1
        let_time_pass()
        time.sleep(choice.uniform(0, 0.5))
        part.start() if part else self.machine.start(name)
        time.sleep(choice.uniform(0.5, 2))


@contextmanager
def harmed(folder: Path, database: str) -> Iterator[Harmed]:
    """Once Elasticsearch answers searches."""
    with started_nodes(1) as (node,):
        variables = {"ELASTICSEARCH_URL": node.url, "LOG_LEVEL": "ERROR", "WEB_THREADS": "4", "TRUST_PROXY": "1"}
        machine = Machine(folder, database, variables)
        with running(machine, "mail", "worker-1", "worker-2"):
            wait_until(lambda: searched_by(machine) == "elasticsearch", 300)
            yield Harmed(machine, node)


def searched_by(machine: Machine) -> str:
    """Which engine answers a search; empty where the site does not."""
    try:
        with urlopen(f"{machine.site}/api/v1/search?q=migration&locale=en", timeout=10) as response:
            found = json.load(response)
    except OSError:
        return ""
    assert found["items"]
    return "database" if found["meta"]["degraded"] else "elasticsearch"


def search_until(machine: Machine, done: Event) -> Counter[str]:
    """How many searches which engine has answered."""
    answered: Counter[str] = Counter()
    while not done.wait(0.25):
        answered[searched_by(machine)] += 1
    return answered


def victims(choice: random.Random) -> Iterator[str]:
    """Each once, in any order, again and again."""
    while True:
        yield from choice.sample(VICTIMS, len(VICTIMS))


def send(url: str, number: int, form: dict[str, str]) -> str:
    """The reference that the confirmation shows. Each journalist sends from a network of their own."""
    network = {"X-Forwarded-For": f"2001:db8:{number:x}::1"}
    with urlopen(Request(url, urlencode(form).encode(), network), timeout=60) as response:
        found = re.search(r"PR-\d{4}-\d{4,}", response.read().decode())
    assert found
    return found[0]


def submit_all(harmed: Harmed) -> tuple[list[str], Counter[str]]:
    """The references that the journalists were given, and which engines answered those who searched meanwhile."""
    machine = harmed.machine
    url = f"{machine.site}{address('ar')}"
    forms = [typed(name=f"Journalist {number}", email=f"j{number}@example.org") for number in range(INQUIRIES)]
    choice, done = random.Random(7), Event()  # noqa: S311
    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(CLIENTS) as clients:
        searches = reader.submit(search_until, machine, done)
        sent = [clients.submit(send, url, number, form) for number, form in enumerate(forms)]
        try:
            for name in victims(choice):
                if all(each.done() for each in sent):
                    break
                harmed.harm(name, choice)
        finally:
            done.set()
    return [each.result() for each in sent], searches.result()


@pytest.mark.postgresql
@pytest.mark.cluster
@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_killing_mail_server_workers_and_elasticsearch_loses_no_inquiry_and_sends_no_mail_twice(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with django_db_blocker.unblock(), own_database(tmp_path) as database, harmed(tmp_path, database) as subject:
        began = time.monotonic()
        references, searches = submit_all(subject)
        took = time.monotonic() - began
        wait_until(is_settled, 180)
        wait_until(lambda: searched_by(subject.machine) == "elasticsearch", 300)
        stored = dict(Inquiry.objects.values_list("reference", "pk"))
        by_status: dict[str, set[str]] = {}
        for status, message_id in OutgoingMessage.objects.values_list("status", "message_id"):
            by_status.setdefault(status, set()).add(message_id)
        arrived = Counter(str(mail["Message-ID"]) for mail in mails_in(subject.machine.journal))
        uncertain = by_status.get(Status.UNCERTAIN, set())
        print(  # noqa: T201
            f"{len(references)} inquiries in {took:.0f} s, stored {len(stored)}; of {2 * INQUIRIES} mails "
            f"sent {len(by_status[Status.SENT])}, uncertain {len(uncertain)} "
            f"(of which arrived {len(uncertain & arrived.keys())}), "
            f"twice {sum(number > 1 for number in arrived.values())}; searches {dict(searches)}; "
            f"killed {dict(subject.kills)}"
        )
        assert len(set(references)) == len(references) == INQUIRIES
        assert stored.keys() == set(references)
        assert max(arrived.values()) == 1, "a mail went out twice"
        assert by_status.keys() <= {Status.SENT, Status.UNCERTAIN}
        # Beside those that tell officers of mail that may not have arrived.
        assert OutgoingMessage.objects.exclude(purpose=PURPOSE).count() == 2 * INQUIRIES
        assert by_status[Status.SENT] <= arrived.keys(), "a mail that is said to be sent never arrived"
        assert arrived.keys() <= by_status[Status.SENT] | uncertain
        assert len(uncertain) <= 2 * subject.kills.total()
        assert subject.kills.keys() == {"mail", "worker", "elasticsearch"}
        # How soon Elasticsearch is back depends on the machine: it answered before, and does in the end.
        assert searches.keys() <= {"elasticsearch", "database"}, "a search was not answered"
        assert searches["database"], "nobody searched while Elasticsearch was away"


def is_settled() -> bool:
    """Asked seldom: a mail whose claim is free at once goes from worker to worker."""
    let_time_pass()
    time.sleep(3)
    return not OutgoingMessage.objects.filter(status__in=UNSETTLED).exists()
