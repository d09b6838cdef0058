"""The worker as a separate process delivers messages, publishes on schedule, and may be stopped at any moment."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from core.processing.unit_of_work import unit_of_work
from news.models import NewsPage
from publishing.models import TOMBSTONES_KEPT, PublishedDocument, Removal, WebhookDelivery, WebhookSubscription
from publishing.scheduled import Chores, purge_tombstones
from publishing.webhooks import sending
from publishing.webhooks.outbox import write_messages
from tests.webhook_receiver import Receiver, wait_until
from tests.worker_processes import StartWorker

pytestmark = pytest.mark.slow


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def subscribe(receiver: Receiver) -> WebhookSubscription:
    return WebhookSubscription.objects.create(name="A partner", url=receiver.url)


def news() -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    return page


def document(page: NewsPage) -> PublishedDocument:
    return PublishedDocument.objects.get(content_id=page.translation_key, locale=page.locale.language_code)


def tell(number: int) -> set[str]:
    """Write this number of messages to each subscription, committed, and return their ids."""
    documents = list(PublishedDocument.objects.filter(removal="")[:number])
    assert len(documents) == number
    before = set(WebhookDelivery.objects.values_list("pk", flat=True))
    write_messages(documents)
    return {delivery.webhook_id for delivery in WebhookDelivery.objects.exclude(pk__in=before)}


def schedule(page: NewsPage, *, go_live_at: datetime | None = None, expire_at: datetime | None = None) -> None:
    """Publish as an editor does who has set these times."""
    with unit_of_work():
        page.go_live_at, page.expire_at = go_live_at, expire_at
        page.save_revision().publish()


def let_time_come(page: NewsPage) -> None:
    """Move the scheduled time of the page to a moment ago."""
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


def all_delivered() -> bool:
    return not WebhookDelivery.objects.exclude(status="delivered").exists()


def test_scheduled_page_goes_live_and_partners_are_told(start_worker: StartWorker, receiver: Receiver) -> None:
    page = news()
    page.unpublish()
    subscribe(receiver)
    schedule(page, go_live_at=timezone.now() + timedelta(seconds=4))
    assert document(page).removal == Removal.UNPUBLISHED
    assert not WebhookDelivery.objects.exists(), "what is scheduled is a draft still"
    start_worker("--every", "0.5")
    wait_until(lambda: not document(page).removal)
    page.refresh_from_db()
    assert page.live
    wait_until(lambda: document(page).seq in receiver.seqs)


def test_expired_page_gets_a_tombstone_and_partners_are_told(start_worker: StartWorker, receiver: Receiver) -> None:
    page = news()
    subscribe(receiver)
    schedule(page, expire_at=timezone.now() + timedelta(seconds=4))
    assert not document(page).removal
    start_worker("--every", "0.5")
    wait_until(lambda: document(page).removal == Removal.EXPIRED)
    assert document(page).card == ""
    wait_until(lambda: "expired" in [request.message["data"]["reason"] for request in receiver.received])
    wait_until(lambda: not NewsPage.objects.get(pk=page.pk).live)


def test_worker_that_is_told_to_stop_stops_in_seconds_while_a_receiver_does_not_answer(
    start_worker: StartWorker, receiver: Receiver
) -> None:
    receiver.hold = Event()
    subscribe(receiver)
    tell(3)
    worker = start_worker()
    receiver.wait_for(1)
    started = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    output, _ = worker.communicate(timeout=60)
    assert time.monotonic() - started < sending.SECONDS - 2
    assert worker.returncode == 0
    assert "Webhooks delivered: 0" in output
    assert "Traceback" not in output


def test_idle_worker_stops_at_once(start_worker: StartWorker) -> None:
    worker = start_worker()
    assert worker.stdout
    assert "runs" in worker.stdout.readline()
    started = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=60)
    assert time.monotonic() - started < 10
    assert worker.returncode == 0


def test_worker_that_is_killed_loses_nothing(start_worker: StartWorker, receiver: Receiver) -> None:
    receiver.hold = Event()
    subscribe(receiver)
    ids = tell(5)
    worker = start_worker()
    first = receiver.wait_for(1)[0].id
    worker.kill()
    worker.wait()
    receiver.hold.set()
    # End the claims, as if their minute had passed.
    WebhookDelivery.objects.exclude(claimed_until=None).update(claimed_until=timezone.now())
    start_worker("--once").communicate(timeout=120)
    assert [request.id for request in receiver.received].count(first) == 2
    assert {request.id for request in receiver.received} == ids
    assert all_delivered()


def test_two_workers_deliver_every_message_once(start_worker: StartWorker) -> None:
    with Receiver() as one, Receiver() as two, Receiver() as three:
        receivers = (one, two, three)
        for receiver in receivers:
            receiver.delay = 0.02
            subscribe(receiver)
        workers = [start_worker("--receivers", "1") for _ in range(2)]
        for worker in workers:
            assert worker.stdout
            worker.stdout.readline()
        ids = tell(40)
        wait_until(all_delivered)
        counts = []
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
            output, _ = worker.communicate(timeout=60)
            counts.append(int(output.split("Webhooks delivered: ")[1].split(",")[0]))
        received = [request.id for receiver in receivers for request in receiver.received]
        assert len(received) == len(ids) == 120
        assert set(received) == ids
        assert sum(counts) == 120
        assert all(counts), "both had their share"
        assert all(receiver.seqs == sorted(receiver.seqs) for receiver in receivers)


def test_two_workers_publish_a_scheduled_page_once(start_worker: StartWorker, receiver: Receiver) -> None:
    page = news()
    page.unpublish()
    subscribe(receiver)
    schedule(page, go_live_at=timezone.now() + timedelta(seconds=4))
    for _ in range(2):
        start_worker("--every", "0.2")
    wait_until(lambda: not document(page).removal)
    wait_until(all_delivered)
    told = [
        request for request in receiver.received if request.message["data"]["content_id"] == str(page.translation_key)
    ]
    assert [request.message["data"]["locale"] for request in told].count("en") == 1


@pytest.mark.django_db
def test_page_that_cannot_be_published_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = NewsPage.objects.filter(locale__language_code="en")[:2]
    for page in (broken, sound):
        page.unpublish()
        schedule(page, go_live_at=timezone.now() + timedelta(days=1))
        let_time_come(page)
    real = NewsPage.with_content_json

    def fail(self: NewsPage, content: dict[str, Any]) -> Any:
        if self.pk == broken.pk:
            raise ValueError("The revision cannot be read.")
        return real(self, content)

    monkeypatch.setattr(NewsPage, "with_content_json", fail)
    chores = Chores(60)
    chores.begin()
    while chores.step():
        pass
    assert not NewsPage.objects.get(pk=broken.pk).live
    assert NewsPage.objects.get(pk=sound.pk).live
    assert "on schedule" in caplog.text


@pytest.mark.django_db
def test_tombstones_are_kept_as_long_as_promised_and_then_deleted() -> None:
    rows = list(PublishedDocument.objects.filter(removal="")[:3])
    now = timezone.now()
    ages = (TOMBSTONES_KEPT + timedelta(days=2), TOMBSTONES_KEPT, timedelta(0))
    for row, age in zip(rows, ages, strict=True):
        PublishedDocument.objects.filter(pk=row.pk).update(removal=Removal.DELETED, updated_at=now - age)
    standing = PublishedDocument.objects.filter(removal="").count()
    assert purge_tombstones() == 1
    kept = PublishedDocument.objects.exclude(removal="").values_list("pk", flat=True)
    assert set(kept) == {rows[1].pk, rows[2].pk}
    assert PublishedDocument.objects.filter(removal="").count() == standing
