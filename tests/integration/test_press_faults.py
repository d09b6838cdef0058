"""Five hundred inquiries are sent while the mail server, the workers and Elasticsearch are killed again and again.

No inquiry is lost, no mail goes out twice, and every search in the meantime is answered.
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
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.notices import PURPOSE
from tests.elasticsearch_nodes import Node, started_nodes
from tests.mail_server import mails_in
from tests.own_database import own_database
from tests.press_inquiries import address, typed
from tests.press_machine import UNSETTLED, Machine, let_time_pass, running
from tests.webhook_receiver import wait_until

INQUIRIES, CLIENTS = 250, 8
VICTIMS = ("mail", "worker-1", "worker-2", "elasticsearch")
Status = OutgoingMessage.Status


@dataclass
class Harmed:
    """A machine and its Elasticsearch node, with the number of kills by kind of process."""

    machine: Machine
    node: Node
    kills: Counter[str] = field(default_factory=Counter)

    def harm(self, name: str, choice: random.Random) -> None:
        """Kill a process and restart it.

        Workers' claims end at once, as if a minute had passed. A node that is still starting is spared, as otherwise it
        would never become ready.
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
    """Run the site, and yield once Elasticsearch answers searches."""
    with started_nodes(1) as (node,):
        variables = {"ELASTICSEARCH_URL": node.url, "LOG_LEVEL": "ERROR", "WEB_THREADS": "4", "TRUST_PROXY": "1"}
        machine = Machine(folder, database, variables)
        with running(machine, "mail", "worker-1", "worker-2"):
            wait_until(lambda: searched_by(machine) == "elasticsearch", 300)
            yield Harmed(machine, node)


def searched_by(machine: Machine) -> str:
    """Return the engine that answers a search, or an empty string if the site does not answer."""
    try:
        with urlopen(f"{machine.site}/api/v1/search?q=migration&locale=en", timeout=10) as response:
            found = json.load(response)
    except OSError:
        return ""
    assert found["items"]
    return "database" if found["meta"]["degraded"] else "elasticsearch"


def search_until(machine: Machine, done: Event) -> Counter[str]:
    """Search again and again until `done` is set, and return the number of answers by engine."""
    answered: Counter[str] = Counter()
    while not done.wait(0.25):
        answered[searched_by(machine)] += 1
    return answered


def victims(choice: random.Random) -> Iterator[str]:
    """Yield endless rounds of all victims, each round in random order."""
    while True:
        yield from choice.sample(VICTIMS, len(VICTIMS))


def send(url: str, number: int, form: dict[str, str]) -> str:
    """Send an inquiry, and return the reference in its confirmation. Each journalist has a different network."""
    network = {"X-Forwarded-For": f"2001:db8:{number:x}::1"}
    with urlopen(Request(url, urlencode(form).encode(), network), timeout=60) as response:
        found = re.search(r"PR-\d{4}-\d{4,}", response.read().decode())
    assert found
    return found[0]


def submit_all(harmed: Harmed) -> tuple[list[str], Counter[str]]:
    """Send all inquiries; return their references, and the number of searches in the meantime by engine."""
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
        # Not counting those that notify officers of mail that may not have arrived.
        assert OutgoingMessage.objects.exclude(purpose=PURPOSE).count() == 2 * INQUIRIES
        assert by_status[Status.SENT] <= arrived.keys(), "a mail that is said to be sent never arrived"
        assert arrived.keys() <= by_status[Status.SENT] | uncertain
        assert len(uncertain) <= 2 * subject.kills.total()
        assert subject.kills.keys() == {"mail", "worker", "elasticsearch"}
        # The time until Elasticsearch is back depends on the machine; it answers at the start and in the end.
        assert searches.keys() <= {"elasticsearch", "database"}, "a search was not answered"
        assert searches["database"], "nobody searched while Elasticsearch was away"


def is_settled() -> bool:
    """Return whether every mail is settled. Poll slowly: without its claim, a mail passes from worker to worker."""
    let_time_pass()
    time.sleep(3)
    return not OutgoingMessage.objects.filter(status__in=UNSETTLED).exists()
