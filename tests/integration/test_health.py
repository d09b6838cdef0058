"""Those who watch the site learn whether it lives and may be sent visitors, and nobody else learns anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple
from unittest import mock

import pytest
from django.db import OperationalError, ProgrammingError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config import health
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message

pytestmark = pytest.mark.django_db
OUTSIDE = "198.51.100.7"


class Disk(NamedTuple):
    free: int


def test_live_touches_nothing(settings: Settings, django_assert_num_queries: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_num_queries(0), mock.patch("core.middleware.translation.override", side_effect=AssertionError):
        answer = Client(headers={"Host": "10.0.0.1:8000", "Accept-Language": "ar"}).get("/live", REMOTE_ADDR=OUTSIDE)
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"live\n", "no-store")
    assert not answer.cookies


def test_ready_says_how_everything_is(client: Client) -> None:
    answer = client.get("/ready", headers={"Host": "10.0.0.1:8000"})
    expected = {"ready": True, "database": "ok", "migrations": "ok", "worker": "ok", "search": "database", "disk": "ok"}
    assert (answer.status_code, answer.json()) == (200, expected)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": OUTSIDE},
        {"HTTP_X_FORWARDED_FOR": OUTSIDE},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": OUTSIDE, "HTTP_AUTHORIZATION": "Bearer "},
        {"REMOTE_ADDR": OUTSIDE, "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": ""},
    ],
)
@pytest.mark.parametrize("token", ["", "a token of the tests"])
def test_ready_is_no_address_for_others(client: Client, settings: Settings, asked: dict[str, str], token: str) -> None:
    settings.READY_TOKEN = token
    assert client.get("/ready", **asked).status_code == 404  # type: ignore[arg-type]


def test_ready_answers_whoever_has_the_token(client: Client, settings: Settings) -> None:
    settings.READY_TOKEN = "a token of the tests"
    asked: Any = {"REMOTE_ADDR": OUTSIDE, "HTTP_AUTHORIZATION": "Bearer a token of the tests"}
    assert client.get("/ready", **asked).status_code == 200


def test_not_ready_while_the_database_is_away(client: Client) -> None:
    with mock.patch("config.health.connection.cursor", side_effect=OperationalError("host=secret")):
        answer = client.get("/ready")
    assert (answer.status_code, answer.json()["database"], answer.json()["worker"]) == (503, "away", "unknown")
    assert "secret" not in answer.content.decode()
    assert client.get("/ready").status_code == 200


def test_not_ready_while_a_migration_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_known", set())
    missing = mock.patch("config.health.MigrationExecutor.migration_plan", return_value=[1])
    # As for a new release whose tables are not there yet.
    with missing, mock.patch("config.health.worker_is_late", side_effect=ProgrammingError("no such table")):
        answer = client.get("/ready")
    assert (answer.status_code, answer.json()["migrations"], answer.json()["worker"]) == (503, "missing", "unknown")
    assert client.get("/ready").status_code == 200


def test_site_without_a_worker_or_room_is_ready_and_says_so(client: Client) -> None:
    queue_message(Mail("someone@example.org", "s", "t"), purpose="test", about="test")
    assert client.get("/ready").json()["worker"] == "ok"
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=2))
    with mock.patch("monitoring.readings.shutil.disk_usage", return_value=Disk(free=1)):
        answer = client.get("/ready")
    assert (answer.status_code, answer.json()["worker"], answer.json()["disk"]) == (200, "late", "full")
    assert "someone" not in answer.content.decode()
