"""Rate limits apply exactly across all processes, and cost little."""

from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connections
from django.db.utils import load_backend
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from core.middleware import LARGEST_FORM
from core.models import RateCount, RateSalt
from core.security import rate_limits
from core.security.networks import network_of, sender_of
from core.security.rate_limits import HOUR, count, purge_counts
from press.forms.spam import SENT_AN_HOUR, UNKNOWN_SENDERS
from press.inquiries.models.inquiry import Inquiry
from tests.own_database import own_database
from tests.press_inquiries import address, typed

pytestmark = pytest.mark.django_db


def test_count_is_of_one_limit_one_sender_and_one_window() -> None:
    assert [count("a", "one", window=HOUR).used for _ in range(3)] == [1, 2, 3]
    assert count("a", "other", window=HOUR).used == 1
    assert count("b", "one", window=HOUR).used == 1
    assert count("a", "one", window=HOUR, amount=5).used == 8
    assert count("a", "one", window=HOUR, amount=-7).used == 1
    with mock.patch("core.security.rate_limits.time.time", return_value=time.time() + HOUR):
        later = count("a", "one", window=HOUR)
    assert later.used == 1
    assert 0 < later.seconds_left <= HOUR


def test_nothing_of_the_sender_is_stored_and_old_counts_go() -> None:
    count("a", "192.0.2.1", window=HOUR)
    stored = RateCount.objects.get()
    assert "192.0.2.1" not in stored.key
    RateCount.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    today = datetime.now(UTC).date()
    RateSalt.objects.create(day=today - timedelta(days=2), salt="x")
    RateSalt.objects.get_or_create(day=today - timedelta(days=1), defaults={"salt": "y"})
    assert purge_counts() == 1
    assert not RateSalt.objects.filter(day__lt=today - timedelta(days=1)).exists()
    assert RateSalt.objects.filter(day=today - timedelta(days=1)).exists()


@pytest.mark.postgresql
def test_limit_holds_to_the_digit_over_processes(
    django_db_setup: None, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """Eight connections, each with its own memory, stand for eight processes."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        shared = connections["default"].settings_dict

        def ask(number: int) -> list[int]:
            connections["default"] = load_backend(shared["ENGINE"]).DatabaseWrapper(shared, "default")
            try:
                counted = []
                for _ in range(125):
                    rate_limits._salts.clear()
                    counted.append(count("press-inquiries", "192.0.2.1", window=HOUR).used)
                return counted
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(8) as threads:
            used = [each for some in threads.map(ask, range(8)) for each in some]
        assert sorted(used) == list(range(1, 1001))
        assert sum(each <= SENT_AN_HOUR for each in used) == SENT_AN_HOUR


@pytest.mark.parametrize(
    ("header", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("6.6.6.6, 198.51.100.7", "198.51.100.7"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::1]:4711", "2001:db8::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "10.1.2.3"),
        ("unknown", ""),
        (None, ""),
    ],
)
def test_proxy_says_for_whom_it_asks(settings: Settings, header: str | None, network: str) -> None:
    settings.TRUST_PROXY = True
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header} if header else {})
    assert network_of(request) == sender_of(request) == network


def test_what_a_visitor_says_of_himself_counts_for_nothing_without_a_proxy(settings: Settings) -> None:
    settings.TRUST_PROXY = False
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="6.6.6.6")
    assert sender_of(request) == "198.51.100.7"
    assert sender_of(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")) == ""


def test_proxy_that_names_nobody_does_not_open_the_form_to_everybody(client: Client) -> None:
    with mock.patch("press.forms.spam.SENT_AN_HOUR", 1), mock.patch("press.inquiries.page.SENT_AN_HOUR", 1):
        answers = [client.post(address("en"), typed(name=f"N{number}")).status_code for number in range(12)]
    assert answers == [200] * UNKNOWN_SENDERS + [429] * 2


def test_forms_with_mistakes_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("press.inquiries.page.FORMS_AN_HOUR", 20)
    answers = [client.post(address("en"), typed(email="x"), REMOTE_ADDR="198.51.100.7").status_code for _ in range(22)]
    assert answers == [422] * 20 + [429] * 2
    refused = client.post(address("en"), typed(), REMOTE_ADDR="198.51.100.7")
    assert refused.status_code == 429
    assert "How many?" in refused.content.decode()
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "path", ["/ar/press-inquiry/", "/ar/press-releases-by-email/", "/admin/login/", "/admin/press-desk/1/", "form"]
)
def test_large_body_is_refused_before_it_is_read(client: Client, path: str) -> None:
    path = address("ar") if path == "form" else path
    body = b"question=" + b"x" * LARGEST_FORM
    unread = io.BytesIO(body)
    instead: dict[str, Any] = {"wsgi.input": unread}
    answer = client.post(path, body, "application/x-www-form-urlencoded", **instead)
    assert unread.tell() == 0
    assert answer.status_code == 413
    assert "xxx" not in answer.content.decode()
    if path.startswith("/ar/"):
        assert '<html lang="ar"' in answer.content.decode()


def test_longest_question_in_arabic_is_taken(client: Client) -> None:
    assert client.post(address("ar"), typed(question="س" * 10_000)).status_code == 200


def test_staff_upload_what_is_larger(editor_client: Client) -> None:
    body = b"title=" + b"x" * LARGEST_FORM
    answer = editor_client.post("/admin/images/add/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code != 413
