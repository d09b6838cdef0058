"""Fixtures of the integration tests. Every answer of the API, in any test, is checked against its OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.api.contract import problems_of
from tests.editing import Editing
from tests.search_engines import elasticsearch_prefix, searched
from tests.webhook_deliveries import loopback, receiver, subscription
from tests.worker_processes import start_worker

__all__ = ["elasticsearch_prefix", "loopback", "receiver", "searched", "start_worker", "subscription"]


@pytest.fixture
def editing(editor_client: Client, editor: User) -> Editing:
    """The admin as used by a member of the communications staff."""
    return Editing(editor_client, editor)


@pytest.fixture(autouse=True)
def answers_follow_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Any = Client.request

    def request(client: Client, **environ: Any) -> Any:
        response = asked(client, **environ)
        path = environ.get("PATH_INFO", "")
        if path.startswith("/api/v1"):
            query = environ.get("QUERY_STRING", "")
            method = environ["REQUEST_METHOD"]
            problems = problems_of(method, path, query, response)
            assert not problems, f"{method} {path}?{query} answered {response.status_code}: {problems[:5]}"
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture
def operations_as_subtests(request: pytest.FixtureRequest) -> None:
    """Give the test the attribute that Schemathesis 4 reads and that pytest 9.1 no longer has."""
    request.node._nodeid = request.node.nodeid
