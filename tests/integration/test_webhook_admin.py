"""Administrators manage subscriptions, see a secret once, and send messages again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription
from publishing.webhooks.outbox import write_messages
from publishing.worker import Worker
from tests.webhook_receiver import Receiver

pytestmark = pytest.mark.django_db
SUBSCRIPTIONS = "/admin/webhooks/subscriptions/"
DELIVERIES = "/admin/webhooks/deliveries/"
TYPED = {"name": "A partner", "url": "https://partner.example/hooks", "active": "on"}


@pytest.fixture
def administrator(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("an-administrator", "a@example.org", "a password of the tests"))
    return client


def delivery_to(receiver: Receiver) -> WebhookDelivery:
    WebhookSubscription.objects.create(name="A partner", url=receiver.url)
    write_messages(PublishedDocument.objects.filter(removal="")[:1])
    return WebhookDelivery.objects.get()


def subscribe(client: Client, **typed: Any) -> WebhookSubscription:
    response = client.post(f"{SUBSCRIPTIONS}new/", TYPED | typed)
    subscription = WebhookSubscription.objects.get()
    assert response["Location"] == f"{SUBSCRIPTIONS}secret/{subscription.pk}/"
    return subscription


def test_secret_of_a_new_subscription_is_shown_once(administrator: Client) -> None:
    subscription = subscribe(administrator)
    address = f"{SUBSCRIPTIONS}secret/{subscription.pk}/"
    first, second = administrator.get(address), administrator.get(address)
    assert subscription.secret in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert subscription.secret not in second.content.decode()
    for page in (SUBSCRIPTIONS, f"{SUBSCRIPTIONS}edit/{subscription.pk}/"):
        assert "whsec_" not in administrator.get(page).content.decode()


def test_new_secret_is_shown_once_and_the_one_before_lives_until_it_is_retired(administrator: Client) -> None:
    subscription = subscribe(administrator)
    address = f"{SUBSCRIPTIONS}secret/{subscription.pk}/"
    administrator.get(address)
    before = subscription.secret
    shown = administrator.post(address, {"rotate": "1"}, follow=True).content.decode()
    subscription.refresh_from_db()
    assert subscription.secret in shown
    assert before not in shown
    assert subscription.live_secrets == [subscription.secret, before]
    administrator.post(address, {"retire": "1"})
    subscription.refresh_from_db()
    assert subscription.live_secrets == [subscription.secret]


def test_subscription_holds_what_was_ticked(administrator: Client) -> None:
    ticked = {"types": ["news", "publication"], "locales": ["ar"], "events": ["content.deleted"]}
    subscription = subscribe(administrator, **ticked)
    assert {name: getattr(subscription, name) for name in ticked} == ticked
    administrator.post(f"{SUBSCRIPTIONS}edit/{subscription.pk}/", {**TYPED, "types": ["page"]})
    subscription.refresh_from_db()
    assert (subscription.types, subscription.locales) == (["page"], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://partner.example/"},
        {"url": "https://10.0.0.1/"},
        {"url": ""},
        {"types": ["x"]},
        {"locales": ["de"]},
    ],
)
def test_wrong_subscription_is_refused_at_the_field(administrator: Client, wrong: dict[str, Any]) -> None:
    response = administrator.post(f"{SUBSCRIPTIONS}new/", TYPED | wrong)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(wrong)
    assert not WebhookSubscription.objects.exists()


def test_message_is_sent_again_with_the_same_id(administrator: Client, receiver: Receiver) -> None:
    delivery = delivery_to(receiver)
    Worker().run_once()
    page = administrator.get(f"{DELIVERIES}inspect/{delivery.pk}/").content.decode()
    assert "204" in page
    assert "Send again" in page
    response = administrator.post(f"{DELIVERIES}redeliver/{delivery.pk}/")
    assert response["Location"] == f"{DELIVERIES}inspect/{delivery.pk}/"
    Worker().run_once()
    assert [request.id for request in receiver.received] == [delivery.webhook_id] * 2
    assert delivery.log.count() == 2


def test_message_that_was_given_up_is_sent_again_with_all_its_retries(
    administrator: Client, receiver: Receiver
) -> None:
    delivery = delivery_to(receiver)
    WebhookDelivery.objects.update(status="failed", failures=7, attempts=8)
    receiver.answers = [500]
    administrator.post(f"{DELIVERIES}redeliver/{delivery.pk}/")
    Worker().run_once()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.failures) == ("waiting", 1)


def test_log_lists_deliveries_and_cannot_be_changed(administrator: Client, receiver: Receiver) -> None:
    delivery = delivery_to(receiver)
    listing = administrator.get(DELIVERIES, {"status": "waiting"}).content.decode()
    assert delivery.webhook_id in listing
    for address in ("new/", f"edit/{delivery.pk}/", f"delete/{delivery.pk}/"):
        administrator.post(f"{DELIVERIES}{address}", {"status": "delivered"})
    assert administrator.get(f"{DELIVERIES}redeliver/{delivery.pk}/").status_code == 302
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 0)


def test_editor_without_the_right_sees_and_sends_nothing(editor_client: Client, receiver: Receiver) -> None:
    delivery = delivery_to(receiver)
    WebhookDelivery.objects.update(status="failed")
    subscription = delivery.subscription
    for address in (
        SUBSCRIPTIONS,
        f"{SUBSCRIPTIONS}secret/{subscription.pk}/",
        DELIVERIES,
        f"{DELIVERIES}inspect/{delivery.pk}/",
    ):
        assert editor_client.get(address).status_code == 302
    assert editor_client.post(f"{SUBSCRIPTIONS}secret/{subscription.pk}/").status_code == 302
    assert editor_client.post(f"{DELIVERIES}redeliver/{delivery.pk}/").status_code == 302
    delivery.refresh_from_db()
    assert delivery.status == "failed"
    assert subscription.secret == WebhookSubscription.objects.get().secret
    assert "Webhooks" not in editor_client.get("/admin/").content.decode()


def test_subscription_that_the_receiver_ended_works_again_once_it_is_active(administrator: Client) -> None:
    subscription = subscribe(administrator)
    WebhookSubscription.objects.update(active=False, gone_at=subscription.created_at)
    assert administrator.get(SUBSCRIPTIONS).status_code == 200
    administrator.post(f"{SUBSCRIPTIONS}edit/{subscription.pk}/", TYPED)
    subscription.refresh_from_db()
    assert subscription.active
    assert subscription.gone_at is None
