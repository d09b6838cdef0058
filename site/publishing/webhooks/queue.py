"""The queue of deliveries: hands them out to any number of workers and records the results.

Only one delivery of a subscription is out at a time, so its messages are sent in the order of their changes and a slow
receiver delays no other. A worker locks the subscription to claim a delivery; other workers skip it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from core.processing.leases import Backoff

from .models import Failure, WebhookAttempt, WebhookDelivery, WebhookSubscription
from .pausing import count_failure, count_success
from .sending import Outcome

# After the last one, the message is given up.
RETRIES = Backoff(
    (
        timedelta(seconds=5),
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=8),
        timedelta(hours=24),
    )
)
# Longer than an attempt can take.
CLAIM = timedelta(seconds=60)
LOG_KEPT = timedelta(days=30)
_GONE = 410
_WAITING = WebhookDelivery.Status.WAITING


def claim() -> WebhookDelivery | None:
    """Claim the delivery that has been due longest for this worker and return it, or None if there is nothing to do."""
    now = timezone.now()
    due = WebhookDelivery.objects.filter(status=_WAITING, next_attempt_at__lte=now, subscription__active=True)
    if not due.exists():
        return None
    own = WebhookDelivery.objects.filter(subscription=OuterRef("pk"), status=_WAITING)
    with transaction.atomic():
        subscription = (
            WebhookSubscription.objects.select_for_update(skip_locked=True)
            .filter(~Exists(own.filter(claimed_until__gt=now)), active=True)
            .annotate(
                due=Subquery(
                    own.filter(next_attempt_at__lte=now).order_by("next_attempt_at").values("next_attempt_at")[:1]
                )
            )
            .filter(due__isnull=False)
            .order_by("due")
            .first()
        )
        return _claim_of(subscription, now) if subscription else None


def _claim_of(subscription: WebhookSubscription, now: datetime) -> WebhookDelivery | None:
    """Claim the next delivery of a locked subscription. It is queried again, now that no other worker can claim one."""
    waiting = WebhookDelivery.objects.filter(subscription=subscription, status=_WAITING)
    if waiting.filter(claimed_until__gt=now).exists():
        return None
    delivery = waiting.filter(next_attempt_at__lte=now).order_by("next_attempt_at", "seq").first()
    if delivery is None:
        return None
    delivery.claim(CLAIM)
    delivery.subscription = subscription
    return delivery


@transaction.atomic
def record(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """Record an outcome and when the next attempt is due; do nothing if another worker has taken over since."""
    own = delivery.held().filter(status=_WAITING)
    if not own.update(claimed_until=None):
        return
    WebhookAttempt.objects.create(
        delivery=delivery,
        at=timezone.now(),
        failure=outcome.failure,
        response_code=outcome.response_code,
        duration=outcome.duration,
        response=outcome.response,
    )
    if not outcome.failure:
        own.update(status=WebhookDelivery.Status.DELIVERED)
        count_success(delivery.subscription_id)
    elif outcome.response_code == _GONE and outcome.failure == Failure.ANSWER:
        _end_subscription(delivery)
    elif count_failure(delivery.subscription_id):
        # The message waits for the next probe with all the others.
        return
    elif delivery.failures >= len(RETRIES.waits):
        own.update(status=WebhookDelivery.Status.FAILED)
    else:
        again = timezone.now() + RETRIES.after(delivery.failures + 1)
        own.update(failures=F("failures") + 1, next_attempt_at=again)
    if outcome.failure and outcome.retry_after:
        _leave_alone(delivery.subscription_id, timezone.now() + timedelta(seconds=outcome.retry_after))


def _leave_alone(subscription_id: int, until: datetime) -> None:
    """Postpone all waiting messages, because the receiver asked for a pause."""
    waiting = WebhookDelivery.objects.filter(subscription_id=subscription_id, status=_WAITING)
    waiting.filter(next_attempt_at__lt=until).update(next_attempt_at=until)


def _end_subscription(delivery: WebhookDelivery) -> None:
    """End the subscription and cancel its waiting messages, because the receiver wants no more."""
    WebhookSubscription.objects.filter(pk=delivery.subscription_id).update(active=False, gone_at=timezone.now())
    waiting = WebhookDelivery.objects.filter(subscription_id=delivery.subscription_id, status=_WAITING)
    waiting.update(status=WebhookDelivery.Status.CANCELLED)


def redeliver(delivery: WebhookDelivery) -> None:
    """Send a message again now, with the same webhook-id and a full set of retries."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(status=_WAITING, failures=0, next_attempt_at=timezone.now())


def purge_log() -> int:
    """Delete old finished deliveries with their attempts; return how many."""
    over = WebhookDelivery.objects.exclude(status=_WAITING).filter(created_at__lt=timezone.now() - LOG_KEPT)
    return over.delete()[1].get(WebhookDelivery._meta.label, 0) if over.exists() else 0
