"""Partners are notified of every change that the public may see, once it is committed, and of nothing else."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event, Timer
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from news.models import NewsPage
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from publishing.webhooks import queue, sending
from publishing.webhooks.models import Failure
from publishing.webhooks.outbox import write_messages
from publishing.webhooks.signing import signed_headers
from tests.webhook_deliveries import make_due, some_document, tell, work
from tests.webhook_receiver import DrippingReceiver, Receiver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loopback")]


def news() -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    return page


def publish(title: str = "Another title") -> PublishedDocument:
    """Publish a change of a news item, and return its document."""
    page = news()
    page.title = title
    page.save_revision().publish()
    return PublishedDocument.objects.get(content_id=page.translation_key, locale="en")


def of_document(deliveries: Any, document: PublishedDocument) -> WebhookDelivery:
    delivery: WebhookDelivery = deliveries.get(seq=document.seq)
    return delivery


def test_message_says_what_changed_and_where_to_read_it(receiver: Receiver, subscription: WebhookSubscription) -> None:
    document = publish()
    work()
    message = next(request.message for request in receiver.received if request.seq == document.seq)
    assert message == {
        "type": "content.upserted",
        "timestamp": message["timestamp"],
        "data": {
            "seq": document.seq,
            "content_id": str(document.content_id),
            "locale": "en",
            "content_type": "news",
            "api_url": f"http://testserver/api/v1/items/{document.content_id}?locale=en",
            "reason": None,
        },
    }
    assert receiver.received[0].path == "/hooks?site=mena"
    assert receiver.received[0].headers["content-type"] == "application/json"
    assert receiver.received[0].headers["host"] == f"127.0.0.1:{receiver.port}"


def test_content_that_is_gone_is_told_with_its_reason_and_nothing_else_of_it(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    news().unpublish()
    work()
    deleted = [request for request in receiver.received if request.message["type"] == "content.deleted"]
    assert [request.message["data"]["reason"] for request in deleted] == ["unpublished"]
    assert b"documents-to-carry" not in deleted[0].body


def test_every_live_secret_signs_and_no_other(receiver: Receiver, subscription: WebhookSubscription) -> None:
    first = subscription.secret
    tell(some_document())
    subscription.rotate_secret()
    second = subscription.secret
    work()
    subscription.rotate_secret()
    tell(some_document())
    work()
    subscription.retire_previous_secret()
    tell(some_document())
    work()
    signed_with = [[request.is_signed_with(secret) for secret in (first, second)] for request in receiver.received]
    assert signed_with == [[True, True], [False, True], [False, False]]
    assert receiver.received[2].is_signed_with(subscription.secret)


@pytest.mark.parametrize("zone", ["UTC", "Africa/Cairo"])
def test_signature_is_that_of_the_published_example_of_standard_webhooks(zone: str) -> None:
    moment = datetime.fromtimestamp(1614265330, ZoneInfo(zone))
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    signed = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", moment, '{"test": 2432232314}', [secret])
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_secrets_differ_and_do_not_stand_in_the_database() -> None:
    subscriptions = [WebhookSubscription.objects.create(name="x", url="https://a.example/") for _ in range(2)]
    assert subscriptions[0].secret != subscriptions[1].secret
    assert subscriptions[0].secret.removeprefix("whsec_") not in str(WebhookSubscription.objects.values().first())


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, True),
        ({"types": ["news"], "locales": ["en"], "events": ["content.upserted"]}, True),
        ({"types": ["publication"]}, False),
        ({"locales": ["fr"]}, False),
        ({"events": ["content.deleted"]}, False),
        ({"active": False}, False),
    ],
)
def test_subscription_is_told_only_what_it_wants(receiver: Receiver, wanted: dict[str, Any], told: bool) -> None:
    WebhookSubscription.objects.create(name="A partner", url=receiver.url, **wanted)
    write_messages([some_document()])
    work()
    assert bool(receiver.received) is told


def test_draft_is_told_to_nobody(subscription: WebhookSubscription) -> None:
    page = news()
    page.title = "A draft"
    page.save_revision()
    assert not WebhookDelivery.objects.exists()


def test_change_that_is_rolled_back_is_told_to_nobody(subscription: WebhookSubscription) -> None:
    with transaction.atomic():
        publish()
        assert WebhookDelivery.objects.exists()
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


def test_publishing_the_same_again_is_told_to_nobody(subscription: WebhookSubscription) -> None:
    document = some_document()
    NewsPage.objects.get(translation_key=document.content_id, locale__language_code="en").save()
    assert not WebhookDelivery.objects.exists()


def test_messages_of_a_subscription_arrive_in_the_order_of_the_changes(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    for title in ("One", "Two", "Three", "Four"):
        publish(title)
    work()
    assert len(receiver.seqs) >= 4
    assert receiver.seqs == sorted(receiver.seqs)


def test_failed_attempt_is_repeated_with_the_same_id_until_accepted(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    receiver.answers = [500, 429]
    delivery = tell(some_document())
    for _ in range(4):
        work()
        make_due()
    assert [request.id for request in receiver.received] == [delivery.webhook_id] * 3
    assert len({request.body for request in receiver.received}) == 1
    assert all(request.is_signed_with(subscription.secret) for request in receiver.received)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("delivered", 3)
    assert [attempt.response_code for attempt in delivery.log.all()] == [500, 429, 204]


def test_retries_come_after_the_promised_times_and_end(receiver: Receiver, subscription: WebhookSubscription) -> None:
    receiver.answers = [503] * 20
    delivery = tell(some_document())
    waits = []
    while delivery.status == "waiting":
        before = timezone.now()
        work()
        delivery.refresh_from_db()
        waits.append((delivery.next_attempt_at - before).total_seconds())
        make_due()
    assert delivery.status == "failed"
    assert len(receiver.received) == 8
    for wait, promised in zip(waits, [5, 60, 300, 1800, 7200, 28800, 86400], strict=False):
        assert promised <= wait <= promised * 1.2 + 5


def test_not_due_is_not_sent(receiver: Receiver, subscription: WebhookSubscription) -> None:
    receiver.answers = [500]
    tell(some_document())
    work()
    work()
    assert len(receiver.received) == 1


def test_receiver_that_was_down_gets_everything_when_it_is_up(receiver: Receiver) -> None:
    with Receiver() as gone:
        port = gone.port
    WebhookSubscription.objects.create(name="A partner", url=f"http://127.0.0.1:{port}/")
    deliveries = [tell(some_document()) for _ in range(3)]
    work()
    assert {attempt.failure for delivery in deliveries for attempt in delivery.log.all()} == {Failure.CONNECTION}
    make_due()
    with Receiver(port) as back:
        work()
        assert sorted(request.id for request in back.received) == sorted(item.webhook_id for item in deliveries)


def test_receiver_that_answers_410_is_told_no_more(receiver: Receiver, subscription: WebhookSubscription) -> None:
    receiver.answers = [410]
    deliveries = [tell(some_document()) for _ in range(3)]
    work()
    make_due()
    work()
    assert len(receiver.received) == 1
    subscription.refresh_from_db()
    assert not subscription.active
    assert subscription.gone_at
    assert [WebhookDelivery.objects.get(pk=item.pk).status for item in deliveries] == ["cancelled"] * 3
    write_messages([some_document()])
    assert WebhookDelivery.objects.count() == 3


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(receiver: Receiver, subscription: WebhookSubscription, code: int) -> None:
    with Receiver() as elsewhere:
        receiver.answers, receiver.headers = [code], {"Location": elsewhere.url}
        delivery = tell(some_document())
        work()
        assert elsewhere.received == []
    assert [attempt.failure for attempt in delivery.log.all()] == [Failure.REDIRECT]


def test_receiver_that_never_answers_is_given_up_in_time(
    receiver: Receiver, subscription: WebhookSubscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sending.SECONDS == 20
    monkeypatch.setattr(sending, "SECONDS", 0.4)
    with DrippingReceiver() as dripping:
        outcome = sending.send(dripping.url, {}, "{}")
    assert outcome.failure == Failure.TIMEOUT
    assert 300 <= outcome.duration < 2000


def test_slow_receiver_keeps_no_other_waiting(receiver: Receiver, subscription: WebhookSubscription) -> None:
    with Receiver() as slow:
        slow.hold = Event()
        WebhookSubscription.objects.create(name="Slow", url=slow.url)
        for _ in range(3):
            write_messages([some_document()])
        Timer(1.5, slow.hold.set).start()
        work()
        assert len(slow.received) == len(receiver.received) == 3
        assert max(request.at for request in receiver.received) < slow.received[0].at + 1.4


def test_worker_that_dies_between_sending_and_recording_sends_again_with_the_same_id(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    delivery = tell(some_document())
    claimed = queue.claim()
    assert claimed
    assert not sending.send(subscription.url, {"webhook-id": claimed.webhook_id}, claimed.body).failure
    work()
    assert len(receiver.received) == 1, "it is claimed still"
    make_due()
    work()
    assert [request.id for request in receiver.received] == [delivery.webhook_id] * 2
    delivery.refresh_from_db()
    assert delivery.status == "delivered"


def test_late_result_of_a_worker_whose_claim_has_ended_changes_nothing(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    delivery = tell(some_document())
    late = queue.claim()
    assert late
    make_due()
    receiver.answers = [500]
    work()
    queue.record(late, sending.Outcome("", 204, 1, ""))
    delivery.refresh_from_db()
    assert (delivery.status, delivery.log.count()) == ("waiting", 1)


def test_one_delivery_of_a_subscription_is_out_at_a_time(subscription: WebhookSubscription) -> None:
    tell(some_document())
    tell(some_document())
    assert queue.claim()
    assert queue.claim() is None


def test_beginning_of_a_refusal_is_kept_and_nothing_of_an_acceptance(
    receiver: Receiver, subscription: WebhookSubscription
) -> None:
    receiver.answers, receiver.body = [400, 200], b"no\x00 " + "ا".encode() * 2000
    delivery = tell(some_document())
    work()
    make_due()
    work()
    refused, accepted = delivery.log.all()
    assert refused.response.startswith("no ا")
    assert len(refused.response) <= 500
    assert accepted.response == ""


def test_log_of_the_worker_holds_no_address_and_no_content(
    receiver: Receiver, subscription: WebhookSubscription, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.answers, receiver.body = [500], b"somebody@example.org"
    with caplog.at_level(logging.DEBUG):
        delivery = tell(some_document())
        work()
    assert delivery.webhook_id in caplog.text
    assert "example.org" not in caplog.text
    assert "hooks" not in caplog.text


def test_old_deliveries_are_deleted_and_those_that_wait_are_kept(subscription: WebhookSubscription) -> None:
    old = timezone.now() - queue.LOG_KEPT - timedelta(days=1)
    statuses = ("delivered", "failed", "cancelled", "waiting")
    for status in statuses:
        delivery = tell(some_document())
        WebhookDelivery.objects.filter(pk=delivery.pk).update(status=status, created_at=old)
    tell(some_document())
    assert queue.purge_log() == 3
    assert [delivery.status for delivery in WebhookDelivery.objects.all()] == ["waiting"] * 2
