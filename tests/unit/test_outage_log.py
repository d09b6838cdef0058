"""While the database is away the log has one line a minute, however many readers come (core.web.outage_log)."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

from core.web.outage_log import OneOfMany


def answered(status: int) -> None:
    log_response("%s: %s", "Answer", "/en/", response=HttpResponse(status=status), request=RequestFactory().get("/en/"))


def test_thousand_answers_of_an_outage_are_one_line_and_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    logger, records = logging.getLogger("django.request"), list[logging.LogRecord]()
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", records.append)
    monkeypatch.setattr(logger, "filters", [OneOfMany()])
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logger, "propagate", False)
    monkeypatch.setattr(logger, "disabled", False)
    for _ in range(1000):
        answered(503)
    answered(500)
    assert [(record.levelname, record.getMessage()) for record in records] == [("ERROR", "Answer: /en/")] * 2
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    answered(503)
    assert records[-1].getMessage() == "Answer: /en/ (and 999 more like it before)"


def test_the_settings_use_it() -> None:
    logging_of_the_site: Any = settings.LOGGING
    name = logging_of_the_site["handlers"]["console"]["filters"][0]
    assert logging_of_the_site["filters"][name]["()"].endswith(OneOfMany.__name__)
