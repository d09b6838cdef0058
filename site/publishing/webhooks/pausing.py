"""The circuit breaker: a receiver that has failed for a day is paused and probed at intervals, and staff are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from core.content_types.builder import absolute_url
from publishing import staff_mail

from .models import PROBE_EVERY, WebhookDelivery, WebhookSubscription

# A receiver is paused after at least this many failures without a success, over at least this long.
FAILURES = 20
PATIENCE = timedelta(days=1)


def count_failure(subscription_id: int) -> bool:
    """Count a failed attempt in the caller's transaction; return whether the receiver is now paused. Its waiting
    messages then wait for the next probe and are not given up in the meantime.
    """
    subscription = WebhookSubscription.objects.select_for_update().get(pk=subscription_id)
    now = timezone.now()
    subscription.failing_since = subscription.failing_since or now
    subscription.failures_in_a_row += 1
    is_over = subscription.failures_in_a_row >= FAILURES and subscription.failing_since <= now - PATIENCE
    if is_over and not subscription.paused_at and subscription.active:
        subscription.paused_at = now
        about = f"publishing.webhooksubscription:{subscription.pk}"
        concerned = staff_mail.those_who_may("publishing.change_webhooksubscription")
        staff_mail.tell(concerned, "webhook_paused", lambda: _context(subscription), about=about)
    subscription.save(update_fields=["failing_since", "failures_in_a_row", "paused_at"])
    if subscription.paused_at:
        _waiting(subscription_id).update(next_attempt_at=now + PROBE_EVERY)
    return bool(subscription.paused_at)


def count_success(subscription_id: int) -> None:
    """Forget earlier failures; send a receiver that was paused its waiting messages."""
    failing = WebhookSubscription.objects.filter(pk=subscription_id, failing_since__isnull=False)
    for subscription in failing:
        resume(subscription)


def resume(subscription: WebhookSubscription) -> None:
    """Resume sending, at once for the messages that are waiting."""
    if subscription.paused_at:
        _waiting(subscription.pk).update(next_attempt_at=timezone.now())
    subscription.failing_since = subscription.paused_at = None
    subscription.failures_in_a_row = 0
    subscription.save(update_fields=["failing_since", "failures_in_a_row", "paused_at"])


def _waiting(subscription_id: int) -> QuerySet[WebhookDelivery]:
    status = WebhookDelivery.Status.WAITING
    return WebhookDelivery.objects.filter(subscription_id=subscription_id, status=status)


def _context(subscription: WebhookSubscription) -> dict[str, Any]:
    edit_url = reverse("webhook_subscriptions:edit", args=[subscription.pk])
    return {"subscription": subscription, "address": absolute_url(edit_url)}
