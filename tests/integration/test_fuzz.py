"""Whatever is asked of any route, by whoever, is answered: no server error, no trace, no way off the site.

`REQUESTS` and `SEED` in the environment say how many requests are made and of what; `make fuzz` asks many more.
"""

from __future__ import annotations

import errno
import os
import socket
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from django.test import Client

from tests.fuzz.asked import Asked, send
from tests.fuzz.bodies import fields_of_page
from tests.fuzz.checks import faults_of
from tests.fuzz.making import METHODS, ROLES, Maker
from tests.fuzz.routes import all_routes
from tests.roles import somebody

pytestmark = [
    pytest.mark.django_db,
    # wagtail-localize pages through translations without an order.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
    pytest.mark.slow,
]
SEED = os.environ.get("SEED") or "1"
REQUESTS = int(os.environ.get("REQUESTS") or 500)
IS_WHOLE = "REQUESTS" in os.environ
# The names of requests to make alone, of failures that were printed.
ONLY = os.environ.get("ONLY", "").split()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a view asks of other servers fails as without a network."""

    def connect(*args: Any) -> NoReturn:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)


class Fuzzer:
    """Sends requests, and collects those that were answered wrongly."""

    def __init__(self) -> None:
        self.routes = all_routes()
        self.clients: dict[str, Client] = {role: somebody(role) for role in ROLES}
        self.fields: dict[tuple[str, str], dict[str, Any]] = {}
        self.maker = Maker(SEED, self.routes, self._fields_of)
        self.statuses: Counter[int] = Counter()
        self.failed: list[str] = []

    def _fields_of(self, role: str, address: str) -> dict[str, Any]:
        if (role, address) not in self.fields:
            path, _, query = address.partition("?")
            answer = send(self.clients[role], Asked(role, "GET", path, query, {}, b""))
            self.fields[role, address] = fields_of_page(answer.body)
        return self.fields[role, address]

    def ask(self, name: str) -> None:
        asked = self.maker.request(name)
        answer = send(self.clients[asked.role], asked)
        if answer.response is not None:
            self.statuses[int(answer.response.status_code)] += 1
        for fault in faults_of(asked, answer):
            self.failed.append(f"SEED={SEED} ONLY={name}: {fault}\n    {asked.as_curl()}")


@pytest.fixture
def fuzzer() -> Iterator[Fuzzer]:
    """A fuzzer; what it has found fails the test."""
    fuzzer = Fuzzer()
    yield fuzzer
    asked = fuzzer.statuses.total()
    print(f"\n{asked} requests, seed {SEED}: {dict(sorted(fuzzer.statuses.items()))}")  # noqa: T201
    assert not fuzzer.failed, "\n".join(fuzzer.failed)


def test_requests_to_any_route_are_answered(fuzzer: Fuzzer) -> None:
    for name in ONLY or [f"any/{number}" for number in range(REQUESTS)]:
        fuzzer.ask(name)


def test_every_route_answers_every_role_and_method(fuzzer: Fuzzer) -> None:
    """Every route is asked by every role; of the methods one each, or all if more requests are wanted than usual.

    Beside it, tests of methods and of rights ask every route with methods and roles in whole requests.
    """
    assert len(fuzzer.routes) > 400
    for name in ONLY or names_of_routes(len(fuzzer.routes)):
        fuzzer.ask(name)


def names_of_routes(count: int) -> Iterator[str]:
    for number in range(count):
        for place, role in enumerate(ROLES):
            for method in METHODS if IS_WHOLE else [METHODS[(number + 3 * place) % len(METHODS)]]:
                yield f"route/{number}/{method}/{role}"
