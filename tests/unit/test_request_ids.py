"""What is logged of a request can be found by one id, and holds nothing of the reader."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from core.web.request_ids import RequestIdMiddleware, request_id

GIVEN = "0123456789abcdef0123456789abcdef"


def answer(given: str, respond: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    request = RequestFactory().get("/en/search/?q=a+secret", headers={"X-Request-ID": given})
    return RequestIdMiddleware(respond)(request)


def fault(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request_id(), status=500)


def test_the_id_of_our_own_proxy_is_taken(settings: Settings) -> None:
    settings.TRUST_PROXY = True
    response = answer(GIVEN, fault)
    assert response.content.decode() == response["X-Request-ID"] == GIVEN
    assert request_id() == ""


@pytest.mark.parametrize(("trusts", "given"), [(False, GIVEN), (True, ""), (True, "x" * 32), (True, GIVEN + "\n0")])
def test_otherwise_it_is_random(settings: Settings, trusts: bool, given: str) -> None:
    settings.TRUST_PROXY = trusts
    first, second = [answer(given, fault)["X-Request-ID"] for _ in range(2)]
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert GIVEN not in (first, second)


def test_only_a_fault_has_it_in_its_answer() -> None:
    assert "X-Request-ID" not in answer("", lambda request: HttpResponse("well"))


@pytest.mark.parametrize("form", ["text", "json"])
def test_every_line_has_the_id_and_none_what_somebody_searched_for(form: str, settings: Settings) -> None:
    settings.TRUST_PROXY = True
    logging_settings: dict[str, Any] = site_settings.LOGGING
    handler = logging_settings["handlers"]["console"] | {"formatter": form}
    stream = io.StringIO()
    with redirect_stderr(stream):
        logging.config.dictConfig(
            {
                **logging_settings,
                "handlers": {"console": handler},
                "root": {},
                "loggers": {"tests.request_ids": {"handlers": ["console"], "level": "INFO", "propagate": False}},
            }
        )

        def fail(request: HttpRequest) -> HttpResponse:
            extra = {"status_code": 500, "request": request}
            logging.getLogger("tests.request_ids").error("Internal Server Error: %s", request.path, extra=extra)
            return HttpResponse(status=500)

        answer(GIVEN, fail)
    line = stream.getvalue()
    assert GIVEN in line
    assert "secret" not in line
    assert re.search(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|\+00:00)", line)
    if form == "json":
        said = json.loads(line)
        assert (said["levelname"], said["request_id"], said["status_code"]) == ("ERROR", GIVEN, 500)
        assert said["message"] == "Internal Server Error: /en/search/"
