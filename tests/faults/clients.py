"""Those who use the site meanwhile: readers, editors, journalists and a partner. Each is a thread's work."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import quote, urlencode

from mena_content import Client, MemoryStore
from mena_content.errors import ClientError
from tests.admin_forms import Data, fields_of
from tests.editing import PUBLISH

# As long as a browser's user waits; what is not answered by then counts as not answered.
PATIENCE = 30.0
_PAUSE, _AGAIN = 0.1, 0.5
OK, FOUND = 200, 302


class Answer(NamedTuple):
    """`status` is 0 where nobody answered, or the answer broke off."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(place: str, method: str, address: str, body: Data | None = None, **headers: str) -> Answer:
    link = http.client.HTTPConnection(place, timeout=PATIENCE)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        link.request(
            method,
            quote(address, safe="/?&=%"),
            body=None if body is None else urlencode(body, doseq=True),
            headers=sent,
        )
        response = link.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    except (OSError, http.client.HTTPException):
        return Answer(0, {}, b"")
    finally:
        link.close()


class Read(NamedTuple):
    """What a reader got: when it was asked for, and after how many seconds it was there."""

    begun: float
    address: str
    status: int
    is_good: bool
    seconds: float


@dataclass
class Reader:
    """Reads pages that were asked for before, again and again."""

    place: str
    addresses: list[str]
    answers: list[Read] = field(default_factory=list)

    def work(self, done: Event) -> None:
        while not done.wait(_PAUSE):
            address = self.addresses[len(self.answers) % len(self.addresses)]
            begun = time.monotonic()
            answer = ask(self.place, "GET", address)
            if answer.status == 0:
                # Browsers and the proxy ask once more where a connection broke off.
                answer = ask(self.place, "GET", address)
            is_good = answer.status == OK and answer.body.rstrip().endswith(b">")
            self.answers.append(Read(begun, address, answer.status, is_good, time.monotonic() - begun))


@dataclass
class Editor:
    """Publishes a page under new titles. `said`: each title with whether the admin said that it is published."""

    place: str
    cookie: str
    page: int
    parent: int
    body: Data
    name: str
    said: list[tuple[str, bool]] = field(default_factory=list)

    def work(self, done: Event) -> None:
        while not done.wait(_AGAIN):
            title = f"Edition {self.name} {len(self.said) + 1}"
            if form := self._form():
                answer = self._send(form | self.body | {"title": title} | PUBLISH)
                # A refusal leads elsewhere: to the form again, or home.
                is_told = answer.status == FOUND and answer.headers["Location"] == f"/admin/pages/{self.parent}/"
                self.said.append((title, is_told))

    def _form(self) -> Data:
        shown = ask(self.place, "GET", self._address, Cookie=self.cookie)
        return fields_of(SimpleNamespace(content=shown.body)) if shown.status == OK else {}

    def _send(self, form: Data) -> Answer:
        return ask(self.place, "POST", self._address, form, Cookie=self.cookie)

    @property
    def _address(self) -> str:
        return f"/admin/pages/{self.page}/edit/"


@dataclass
class Journalists:
    """Journalists one after the other, who each send the same form until it is confirmed. `confirmed`: their addresses
    with the reference that each was given; `tried`: all addresses.
    """

    place: str
    address: str
    number: int
    form_of: Callable[[str], Data]
    tried: list[str] = field(default_factory=list)
    confirmed: dict[str, str] = field(default_factory=dict)
    refused: int = 0

    def work(self, done: Event) -> None:
        while not done.is_set():
            email = f"j{self.number}-{len(self.tried)}@example.org"
            self.tried.append(email)
            form = self.form_of(email)
            network = f"2001:db8:{self.number:x}:{len(self.tried):x}::1"
            while not self._is_confirmed(email, form, network) and not done.is_set():
                self.refused += 1
                time.sleep(_AGAIN)
            done.wait(_AGAIN)

    def _is_confirmed(self, email: str, form: Data, network: str) -> bool:
        answer = ask(self.place, "POST", self.address, form, X_Forwarded_For=network)
        reference = re.search(r"PR-\d{4}-\d{4,}", answer.body.decode())
        if answer.status == OK and reference:
            self.confirmed[email] = reference[0]
        return email in self.confirmed


@dataclass
class Partner:
    """Keeps a copy by the shipped client, which asks for what has changed."""

    site: str
    store: MemoryStore = field(default_factory=MemoryStore)
    failed: int = 0

    def work(self, done: Event) -> None:
        while not done.wait(_AGAIN):
            try:
                self.catch_up()
            except (ClientError, OSError):
                self.failed += 1

    def catch_up(self) -> None:
        Client(self.site).sync(self.store)
