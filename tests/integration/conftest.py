"""Every answer of the API, in whatever test, is held against the published OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api.contract import problems_of


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
