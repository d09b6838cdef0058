"""A receiver that asks for a pause gets it; one that has failed for a day is paused, and staff are notified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from publishing.models import WebhookDelivery, WebhookSubscription
from publishing.webhooks.models import PROBE_EVERY
from publishing.webhooks.pausing import FAILURES, PATIENCE
from publishing.webhooks.sending import LONGEST_WAIT, seconds_asked_for
from tests.webhook_deliveries import make_due, some_document, tell, work
from tests.webhook_receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> User:
    return User.objects.create_superuser("a-manager", "manager@example.org", "a password of the tests")


def wait_of(delivery: WebhookDelivery) -> timedelta:
    delivery.refresh_from_db()
    return delivery.next_attempt_at - timezone.now()


def almost_paused(subscription: WebhookSubscription) -> None:
    subscription.failing_since = timezone.now() - PATIENCE - timedelta(minutes=1)
    subscription.failures_in_a_row = FAILURES - 1
    subscription.save()


def mails() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert seconds_asked_for("20") == 20
    assert seconds_asked_for("9" * 40) == LONGEST_WAIT
    later = datetime.now(UTC) + timedelta(minutes=10)
    assert 595 <= (seconds_asked_for(format_datetime(later, usegmt=True)) or 0) <= 601
    assert seconds_asked_for("Sun, 06 Nov 1994 08:49:37 GMT") == 0
    assert [seconds_asked_for(text) for text in (None, "", "soon", "-5", "1.5", "٢٠")] == [None] * 6


@pytest.mark.parametrize("code", [429, 503])
def test_nothing_is_sent_sooner_than_the_receiver_asks(
    receiver: Receiver, subscription: WebhookSubscription, code: int
) -> None:
    first, second = tell(some_document()), tell(some_document())
    receiver.answers, receiver.headers = [code], {"Retry-After": "1800"}
    work()
    assert len(receiver.received) == 1
    for delivery in (first, second):
        assert timedelta(seconds=1780) < wait_of(delivery) <= timedelta(seconds=1800)


def test_a_short_rest_shortens_no_wait(receiver: Receiver, subscription: WebhookSubscription) -> None:
    delivery = tell(some_document())
    WebhookDelivery.objects.update(failures=2)
    receiver.answers, receiver.headers = [503], {"Retry-After": "1"}
    work()
    assert wait_of(delivery) > timedelta(minutes=4)


def test_a_receiver_that_fails_for_a_day_is_paused_and_staff_are_told_once(
    receiver: Receiver, subscription: WebhookSubscription, manager: User
) -> None:
    almost_paused(subscription)
    delivery = tell(some_document())
    receiver.answers = [500, 500]
    work()
    subscription.refresh_from_db()
    assert subscription.paused_at
    assert mails().count(manager.email) == 1
    assert wait_of(delivery) > PROBE_EVERY - timedelta(minutes=1)
    make_due()
    work()
    delivery.refresh_from_db()
    assert (delivery.status, len(receiver.received)) == (WebhookDelivery.Status.WAITING, 2)
    assert mails().count(manager.email) == 1
    assert "webhook-paused-since" in receiver.received[1].headers


@pytest.mark.parametrize(
    ("failures", "since"), [(FAILURES - 2, PATIENCE * 2), (FAILURES * 5, PATIENCE - timedelta(hours=1))]
)
def test_few_failures_or_a_short_time_pause_nobody(
    receiver: Receiver, subscription: WebhookSubscription, failures: int, since: timedelta
) -> None:
    subscription.failing_since, subscription.failures_in_a_row = timezone.now() - since, failures
    subscription.save()
    tell(some_document())
    receiver.answers = [500]
    work()
    subscription.refresh_from_db()
    assert not subscription.paused_at
    assert mails() == []


def test_a_probe_that_is_taken_lets_everything_go(receiver: Receiver, subscription: WebhookSubscription) -> None:
    almost_paused(subscription)
    tell(some_document())
    receiver.answers = [500]
    work()
    subscription.refresh_from_db()
    later = tell(some_document())
    assert wait_of(later) > PROBE_EVERY - timedelta(minutes=1)
    WebhookDelivery.objects.filter(pk=later.pk).update(next_attempt_at=timezone.now())
    work()
    subscription.refresh_from_db()
    assert (subscription.paused_at, subscription.failing_since, subscription.failures_in_a_row) == (None, None, 0)
    assert set(WebhookDelivery.objects.values_list("status", flat=True)) == {WebhookDelivery.Status.DELIVERED}


def test_staff_resume_by_saving_the_subscription(
    client: Client, receiver: Receiver, subscription: WebhookSubscription, manager: User
) -> None:
    almost_paused(subscription)
    delivery = tell(some_document())
    receiver.answers = [500]
    work()
    client.force_login(manager)
    address = reverse("webhook_subscriptions:edit", args=[subscription.pk])
    assert client.post(address, {"name": "A partner", "url": receiver.url, "active": "on"}).status_code == 302
    subscription.refresh_from_db()
    assert not subscription.paused_at
    assert wait_of(delivery) <= timedelta(0)
