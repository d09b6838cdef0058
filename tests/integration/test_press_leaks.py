"""A thief with a dump of the database and all files and logs of the site, but without its keys, learns nothing.

Neither the people who asked the press office, nor their questions, nor the answers are revealed.
"""

from __future__ import annotations

import base64
import json
import logging
import quopri
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import requests
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.roles import press_officers_group
from core.models import RateCount
from deploy.engines.postgres import program_folders
from mailing.models import OutgoingMessage
from press.inquiries.models.inquiry import Inquiry
from tests.mail_server import mails_in
from tests.own_database import own_database
from tests.press_inquiries import TYPED, address, secret_in, typed
from tests.press_machine import Machine, let_time_pass, running
from tests.webhook_receiver import wait_until

QUESTION = "كم عدد من غادروا؟ How many left – précisément ?"
REPLY, NOTE = "الجواب: اثنان وأربعون. Quarante-deux, précisément.", "Ask the mission’s chief – اسأل رئيس البعثة"
AGENT, NETWORK_ADDRESS = "Agent-of-Leila/1.0", "8.8.117.211"
CONFIDENTIAL = {
    "name": TYPED["name"],
    "e-mail address": TYPED["email"],
    "telephone": TYPED["phone"],
    "contact note": TYPED["contact_note"],
    "question": QUESTION,
    "links": TYPED["links"],
    "user agent": AGENT,
    "network address": NETWORK_ADDRESS,
    "reply": REPLY,
    "note": NOTE,
}
REFUSALS = tuple(f"{code} <{TYPED['email']}> is unknown here" for code in (451, 550))
Status = OutgoingMessage.Status


def forms_of(text: str) -> set[bytes]:
    """Return the forms that a text may have in a file: plain, JSON, URL-encoded, as in mail, hexadecimal, base64."""
    plain = text.encode()
    forms = {plain, text.encode("utf-16-le"), plain.hex().encode(), json.dumps(text)[1:-1].encode()}
    forms |= {quote(text).encode(), quote_plus(text).encode(), quopri.encodestring(plain).split(b"=\n")[0]}
    for lead in range(3):
        encoded = base64.b64encode(b"\0" * lead + plain)
        # Without the digits that also depend on the bytes around the text.
        forms |= {encoded[4 if lead else 0 : -4], base64.urlsafe_b64encode(b"\0" * lead + plain)[4 if lead else 0 : -4]}
    return forms


def found_in(content: bytes) -> set[str]:
    """Return the names of the texts in CONFIDENTIAL that occur in the content in any form."""
    return {name for name, text in CONFIDENTIAL.items() if any(form in content for form in forms_of(text))}


def dump() -> bytes:
    """Return the whole database, as in a backup."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        with sqlite3.connect(values["NAME"]) as stored:
            return "\n".join(stored.iterdump()).encode()
    address = "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**values)
    program = next(iter(program_folders())) / "pg_dump"
    return subprocess.run([program, "--inserts", address], capture_output=True, check=True).stdout


def in_files_of(machine: Machine) -> dict[str, set[str]]:
    """Return the leaks by file of the site's folder, except the mail server's journal, which is not the site's."""
    files = (path for path in machine.folder.rglob("*") if path.is_file() and path != machine.journal)
    found = {path.name: found_in(path.read_bytes()) for path in files}
    return {name: leaks for name, leaks in found.items() if leaks}


@pytest.fixture
def machine(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[Machine]:
    """A machine that logs everything, and learns the journalist's network from a proxy.

    Its mail server, which does not run yet, refuses a mail first temporarily and then permanently, and names the
    recipient each time.
    """
    variables = {"LOG_LEVEL": "DEBUG", "TRUST_PROXY": "true"}
    with django_db_blocker.unblock(), own_database(tmp_path) as database:
        machine = Machine(tmp_path, database, variables, answers=REFUSALS)
        with running(machine, "worker-1"):
            yield machine


def officer() -> requests.Session:
    """Return a session of an officer who is signed in at the press desk."""
    user = User.objects.create_user("an-officer", "officer@example.org", "a password of the tests")
    user.groups.add(press_officers_group())
    client = Client()
    client.force_login(user)
    session = requests.Session()
    session.cookies.set("sessionid", client.cookies["sessionid"].value)
    return session


def act(session: requests.Session, desk: str, action: str, **typed: str) -> None:
    page = session.get(desk, timeout=60)
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    version = str(Inquiry.objects.values_list("version", flat=True).get())
    form = {"csrfmiddlewaretoken": token, "action": action, "version": version}
    form |= {f"{action}-{name}": value for name, value in typed.items()}
    answer = session.post(desk, form, allow_redirects=False, timeout=60)
    assert answer.status_code == 302, answer.text


def wait_for_mail(**values: str) -> None:
    """Wait until a mail has these values, making retries due at once."""

    def became_so() -> bool:
        let_time_pass()
        time.sleep(2)
        return OutgoingMessage.objects.filter(**values).exists()

    wait_until(became_so)


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_the_search_for_leaks_finds_every_form(name: str) -> None:
    text = CONFIDENTIAL[name]
    for form in forms_of(text):
        assert name in found_in(b"INSERT INTO x VALUES ('" + form + b"');")
    for lead in range(3):
        assert name in found_in(base64.b64encode(b"x" * lead + text.encode() + b" and more"))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.slow
def test_no_dump_file_or_log_shows_who_asked_what_or_was_answered(machine: Machine) -> None:
    headers = {"User-Agent": AGENT, "X-Forwarded-For": NETWORK_ADDRESS}
    form = typed(question=QUESTION)
    assert requests.post(f"{machine.site}{address('en')}", form, headers=headers, timeout=60).status_code == 200
    inquiry = Inquiry.objects.get()
    assert (inquiry.question, inquiry.email) == (QUESTION, TYPED["email"])
    wait_for_mail(purpose="inquiry-acknowledgement", last_failure="ConnectionRefusedError")
    assert found_in(dump()) == set()

    machine.start("mail")
    wait_for_mail(status=Status.REFUSED)
    session, desk = officer(), f"{machine.site}/admin/press-desk/{inquiry.pk}/"
    act(session, desk, "note", text=NOTE)
    act(session, desk, "reply", text=REPLY)
    wait_for_mail(purpose="inquiry-reply", status=Status.SENT)
    assert REPLY in str(mails_in(machine.journal)[-1].get_body(("plain",)).get_content())  # type: ignore[union-attr]

    content = dump()
    assert str(inquiry.reference).encode() in content, "the dump has the inquiry"
    assert found_in(content) == set()
    assert in_files_of(machine) == {}
    log = machine.log("worker-1").read_text()
    assert all(failure in log for failure in ("ConnectionRefusedError", "later 451", "refused 550"))


@pytest.mark.django_db
def test_nothing_of_an_inquiry_is_in_the_cache_or_the_log_of_a_process(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client.post(
            address("en"), typed(question=QUESTION), REMOTE_ADDR=NETWORK_ADDRESS, HTTP_USER_AGENT=AGENT
        )
    assert secret_in(answer)
    stored = repr(getattr(cache, "_cache", {}))
    counted = repr(list(RateCount.objects.values_list("key", flat=True)))
    assert counted != "[]", "the network is counted there"
    assert found_in(f"{caplog.text}{stored}{counted}".encode()) == set()
