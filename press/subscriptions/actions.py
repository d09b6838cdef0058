"""Subscriptions to press releases by e-mail: requested, confirmed from the mailbox itself, ended with one click."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.models import Topic
from mailing.outbox import cancel_messages, queue_message

from .mails import confirmation_mail
from .models import CONFIRM_WITHIN, Subscription, digest_of_address, key_of_token

# How many confirmation mails an address gets in a day, so that nobody can flood somebody else's mailbox.
CONFIRMATIONS_A_DAY = 3


@transaction.atomic
def subscribe(*, email: str, language: str, topics: Iterable[Topic]) -> None:
    """Send the address a mail with which its owner confirms. No topics: all of them.

    The same happens for an address that is subscribed already, so that nobody learns whether it is.
    """
    digest = digest_of_address(email)
    asked_today = Subscription.objects.filter(
        address_digest=digest, confirmed_at=None, created_at__gt=timezone.now() - timedelta(days=1)
    )
    if asked_today.count() >= CONFIRMATIONS_A_DAY:
        return
    subscription = Subscription.objects.create(email=email, address_digest=digest, language=language)
    subscription.topics.set(topics)
    queue_message(confirmation_mail(subscription), purpose="subscription-confirmation", about=subscription.about)


def waiting_or_confirmed(token: str) -> Subscription | None:
    """Return the subscription of a link; None if it has ended or was not confirmed in time."""
    key = key_of_token(token)
    found = Subscription.objects.filter(key=key).first() if key else None
    return None if found is None or _is_over(found) else found


@transaction.atomic
def confirm(token: str) -> Subscription | None:
    """Begin the subscription of a link and return it; None if it is over.

    An earlier one of the same address in the same language continues with the new topics.
    """
    key = key_of_token(token)
    asked = Subscription.objects.select_for_update().filter(key=key).first() if key else None
    if asked is None or _is_over(asked):
        return None
    if asked.confirmed_at:
        return asked
    same = {"address_digest": asked.address_digest, "language": asked.language}
    running = Subscription.objects.select_for_update().exclude(confirmed_at=None).filter(**same).first()
    if running:
        running.topics.set(asked.topics.all())
        asked.delete()
        return running
    asked.confirmed_at = timezone.now()
    asked.save(update_fields=["confirmed_at"])
    return asked


@transaction.atomic
def unsubscribe(token: str) -> bool:
    """End the subscription of a link and delete the address; nothing that is waiting is sent to it.

    Return whether the link is one of ours, even if it was used before.
    """
    key = key_of_token(token)
    if key is None:
        return False
    subscription = Subscription.objects.select_for_update().filter(key=key).first()
    if subscription:
        cancel_messages(subscription.about)
        subscription.delete()
    return True


def delete_unconfirmed() -> int:
    """Delete the addresses that nobody confirmed in time; return how many."""
    old = Subscription.objects.filter(confirmed_at=None, created_at__lt=timezone.now() - CONFIRM_WITHIN)
    return old.delete()[1].get(Subscription._meta.label, 0) if old.exists() else 0


def _is_over(subscription: Subscription) -> bool:
    return subscription.confirmed_at is None and subscription.created_at < timezone.now() - CONFIRM_WITHIN
