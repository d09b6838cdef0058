"""A webhook subscription on this machine, and the steps that its tests have in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from publishing.webhooks.outbox import write_messages
from publishing.worker import Worker
from tests.webhook_receiver import Receiver


@pytest.fixture
def loopback(settings: Settings) -> None:
    settings.WEBHOOK_ALLOW_LOOPBACK = True


@pytest.fixture
def receiver(loopback: None) -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def subscription(receiver: Receiver) -> WebhookSubscription:
    return WebhookSubscription.objects.create(name="A partner", url=receiver.url)


def tell(document: PublishedDocument) -> WebhookDelivery:
    """Write one message about a document, without a publish that would change others too."""
    write_messages([document])
    return WebhookDelivery.objects.latest("pk")


def some_document() -> PublishedDocument:
    return PublishedDocument.objects.filter(removal="", locale="en", type="news").latest("seq")


def work() -> None:
    Worker().run_once()


def make_due() -> None:
    """Make every delivery due, and end every claim."""
    past = timezone.now() - timedelta(seconds=1)
    WebhookDelivery.objects.update(next_attempt_at=past)
    WebhookDelivery.objects.exclude(claimed_until=None).update(claimed_until=past)
