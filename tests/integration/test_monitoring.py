"""What is watched is right, is told to watchers and to staff, and has a place in the runbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from accounts.models import User
from core.processing.unit_of_work import unit_of_work
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message
from monitoring.measures import MEASURES
from monitoring.requests import ANSWERS, counted
from news.models import NewsPage
from publishing.models import LargeChange, PublishedDocument, WebhookDelivery, WebhookSubscription
from search.engines.models import IndexPosition
from tests.factories import make_page

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
LONG_AGO = timedelta(hours=2)


@pytest.fixture(autouse=True)
def data_folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder with a backup of this moment, so that nothing is wrong before a test begins."""
    settings.DATA_FOLDER = tmp_path
    backed_up(tmp_path, timedelta(0))
    return tmp_path


def backed_up(folder: Path, ago: timedelta) -> None:
    (folder / "last-backup.json").write_text(json.dumps({"finished_at": (datetime.now(UTC) - ago).isoformat()}))


def measured() -> dict[str, float]:
    """Return what `/metrics` says: the value of each measure, and "alarm NAME" of each that is an alarm."""
    answer = Client().get("/metrics")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    values: dict[str, float] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            if sample.name == "website_alarm":
                if sample.value:
                    values[f"alarm {sample.labels['name']}"] = sample.value
            elif not sample.labels:
                values[sample.name.removeprefix("website_")] = sample.value
    return values


def alarms() -> set[str]:
    return {name.removeprefix("alarm ") for name in measured() if name.startswith("alarm ")}


@pytest.mark.every_engine
def test_nothing_is_wrong_with_the_site_of_the_tests() -> None:
    found = measured()
    assert not {name for name in found if name.startswith("alarm")}
    # Without a certificate there is nothing to tell of it.
    assert {measure.name for measure in MEASURES} - set(found) == {"certificate_left_seconds"}
    last = PublishedDocument.objects.order_by("-seq").first()
    assert last is not None
    assert found["last_change_timestamp_seconds"] == pytest.approx(last.updated_at.timestamp())
    assert found["database_size_bytes"] > 1_000_000


def late_mail(settings: Settings, folder: Path) -> None:
    with unit_of_work():
        queue_message(Mail("a@example.org", "s", "t"), about="tests:1", purpose="tests")
    OutgoingMessage.objects.update(created_at=timezone.now() - LONG_AGO, next_attempt_at=timezone.now() - LONG_AGO)


def stopped_change(settings: Settings, folder: Path) -> None:
    LargeChange.objects.create(kind="everything", pages=1, progressed_at=timezone.now() - LONG_AGO)


def late_webhook(settings: Settings, folder: Path) -> None:
    subscription = WebhookSubscription.objects.create(name="A", url="https://partner.example/", paused_at=None)
    WebhookDelivery.objects.create(
        subscription=subscription, event="content.upserted", seq=1, body="{}", next_attempt_at=timezone.now() - LONG_AGO
    )


def paused_partner(settings: Settings, folder: Path) -> None:
    WebhookSubscription.objects.create(name="A", url="https://partner.example/", paused_at=timezone.now())


def overdue_page(settings: Settings, folder: Path) -> None:
    page = make_page(NewsPage, "en", live=False)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=timezone.now() - LONG_AGO)


def lagging_index(settings: Settings, folder: Path) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    newest = PublishedDocument.objects.order_by("-seq").first()
    assert newest is not None
    PublishedDocument.objects.filter(pk=newest.pk).update(updated_at=timezone.now() - LONG_AGO)
    IndexPosition.objects.create(index=f"{settings.CHANGE_FEED_EPOCH} an index", seq=newest.seq - 1)


def old_backup(settings: Settings, folder: Path) -> None:
    backed_up(folder, timedelta(hours=27))


def no_backup(settings: Settings, folder: Path) -> None:
    (folder / "last-backup.json").unlink()


def ending_certificate(settings: Settings, folder: Path) -> None:
    settings.CERTIFICATE_FILE = folder / "certificate.pem"
    settings.CERTIFICATE_FILE.write_bytes(certificate(timedelta(days=13)))


def unreadable_certificate(settings: Settings, folder: Path) -> None:
    settings.CERTIFICATE_FILE = folder / "missing.pem"


def certificate(lasts: timedelta) -> bytes:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mena.example.int")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + lasts)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize(
    ("fault", "names"),
    [
        (late_mail, {"worker_late", "mail_oldest_seconds"}),
        (stopped_change, {"worker_late"}),
        (late_webhook, {"webhooks_late_seconds"}),
        (paused_partner, {"webhooks_paused"}),
        (overdue_page, {"pages_overdue"}),
        (lagging_index, {"search_lag_seconds", "search_fallback"}),
        (old_backup, {"backup_age_seconds"}),
        (no_backup, {"backup_age_seconds"}),
        (ending_certificate, {"certificate_left_seconds"}),
        (unreadable_certificate, {"certificate_left_seconds"}),
    ],
)
def test_what_is_wrong_is_an_alarm(
    settings: Settings, data_folder: Path, fault: Callable[[Settings, Path], None], names: set[str]
) -> None:
    fault(settings, data_folder)
    assert alarms() == names


def test_a_full_disk_is_an_alarm() -> None:
    with mock.patch("monitoring.readings.shutil.disk_usage", return_value=mock.Mock(free=1)):
        assert alarms() == {"disk_free_bytes"}


def test_while_the_database_is_away_what_cannot_be_read_is_an_alarm() -> None:
    with mock.patch("monitoring.readings._waiting_mail", side_effect=OperationalError("host=secret")):
        answer = Client().get("/metrics")
        assert {"worker_late", "mail_waiting", "mail_oldest_seconds"} <= alarms()
    assert answer.status_code == 200
    assert "secret" not in answer.content.decode()
    assert "website_mail_waiting " not in answer.content.decode()


@pytest.mark.parametrize("asked", [{"REMOTE_ADDR": "198.51.100.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_metrics_are_no_address_for_others(asked: dict[str, Any]) -> None:
    assert Client().get("/metrics", **asked).status_code == 404


def test_every_alarm_has_a_place_in_the_runbook() -> None:
    runbook = (ROOT / "docs" / "operations.md").read_text()
    rows = {line.split("`")[1] for line in runbook.splitlines() if line.startswith("| `")}
    for measure in MEASURES:
        assert (measure.name in rows) == bool(measure.alarm), measure.name
        assert bool(measure.advice) == bool(measure.alarm), measure.name
        assert f"`{measure.name}`" in runbook


def staff(language: str) -> Client:
    user = User.objects.create_superuser(f"staff-{language}", f"{language}@example.org", "a password of the tests")
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("language", "well", "hours"),
    [("ar", "كل شيء على ما يرام.", "ساعتان"), ("en", "All is well.", "2 hours"), ("fr", "Tout va bien.", "2 heures")],
)
def test_staff_read_what_is_wrong_and_what_to_do(
    settings: Settings, data_folder: Path, language: str, well: str, hours: str
) -> None:
    client, address = staff(language), reverse("site_status")
    assert well in client.get(address).content.decode()
    late_mail(settings, data_folder)
    page = html.fromstring(client.get(address).content)
    wrong = page.xpath("//tr[.//*[contains(@class, 'w-text-critical')]]")
    assert len(wrong) == 2
    assert hours in wrong[1].text_content().replace("\xa0", " ")
    assert all(row.xpath("normalize-space(td/p)") for row in wrong)
    assert well not in html.tostring(page, encoding="unicode")


def test_answers_are_counted_by_part_and_status() -> None:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        start_response("503 Service Unavailable", [])
        return iter([b"x"])

    def count() -> float:
        return float(ANSWERS.labels("pages", "5xx")._value.get())

    before = count()
    assert list(counted(application)({"PATH_INFO": "/ar/"}, lambda *arguments: None)) == [b"x"]
    assert count() == before + 1
    list(counted(application)({"PATH_INFO": "/ready"}, lambda *arguments: None))
    assert count() == before + 1
