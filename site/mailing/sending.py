"""Send the mail in the outbox, with any number of workers: no mail twice, and none forgotten.

A mail is claimed for a while, sent up to its end, marked as being handed over, ended, and marked as sent. Only the
worker with the latest claim sets the mark, so that two never hand over one mail. If a worker dies before the mark,
nothing that it sent counts: the mail is claimed again. If it dies after it, the mail stays marked: it is then
uncertain, kept, shown to staff, and not repeated automatically (docs/decisions/0009-mail-outbox.md).
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from core.processing.leases import Backoff, claim_first, is_due

from .models import OutgoingMessage
from .transport import Outcome, Report, Transport

logger = logging.getLogger(__name__)

# Longer than an attempt may take: the server's silence ends it (EMAIL_TIMEOUT) at each of its six answers.
CLAIM = timedelta(seconds=90)
# The last interval repeats until the mail is given up.
RETRIES = Backoff(
    (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
        timedelta(hours=2),
    )
)
# RFC 5321, 4.5.4.1: at least four to five days.
GIVE_UP = timedelta(days=5)
# How long staff can see the result of a mail, and resend one that did not arrive.
LOG_KEPT = timedelta(days=30)

_Status = OutgoingMessage.Status


class MailSender:
    """Follows the outbox: the worker calls it repeatedly, in one thread. The connection to the mail server stays open
    as long as there is mail.
    """

    def __init__(self) -> None:
        self._transport: Transport | None = None

    def __str__(self) -> str:
        return "Sending mail"

    def __call__(self) -> int:
        """Send the mail that has been due longest; return whether to continue at once."""
        _settle_forsaken()
        message = claim()
        if message is None:
            self._hang_up()
            return 0
        self._transport = self._transport or Transport()
        try:
            return int(attempt(message, self._transport))
        except Exception:
            self._hang_up()
            raise

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None


def claim() -> OutgoingMessage | None:
    """Claim and return the mail that has been due longest; return None if nothing is due."""
    due = OutgoingMessage.objects.filter(is_due(timezone.now()), status=_Status.WAITING)
    return claim_first(due.order_by("next_attempt_at", "pk"), CLAIM)


def attempt(message: OutgoingMessage, transport: Transport) -> bool:
    """Send a claimed mail and record the result; return whether the server accepts more."""
    report = transport.deliver(message.email(), lambda: _mark_handed_over(message))
    if report.outcome is not Outcome.WITHDRAWN:
        _record(message, report)
    return report.outcome in (Outcome.ACCEPTED, Outcome.REFUSED)


def purge_settled() -> int:
    """Delete mail that was settled long ago; return how many."""
    old = OutgoingMessage.objects.filter(settled_at__lt=timezone.now() - LOG_KEPT)
    return old.delete()[0] if old.exists() else 0


def _mark_handed_over(message: OutgoingMessage) -> bool:
    return bool(message.held().filter(status=_Status.WAITING).update(status=_Status.HANDING_OVER))


def _record(message: OutgoingMessage, report: Report) -> None:
    """Store the result of an attempt; an answer still counts if the mail was declared uncertain meanwhile."""
    now = timezone.now()
    own = message.held().filter(status__in=[_Status.WAITING, _Status.HANDING_OVER, _Status.UNCERTAIN])
    if report.outcome is Outcome.ACCEPTED:
        own.update(status=_Status.SENT, content="", settled_at=now, claimed_until=None, last_failure="")
        return
    logger.warning("Mail %s was not sent: %s %s", message, report.outcome.value, report.failure)
    if report.outcome is Outcome.UNKNOWN:
        own.update(status=_Status.UNCERTAIN, settled_at=now, claimed_until=None, last_failure=report.failure)
    elif report.outcome is Outcome.REFUSED or now - message.created_at > GIVE_UP:
        own.update(status=_Status.REFUSED, settled_at=now, claimed_until=None, last_failure=report.failure)
    else:
        again = now + RETRIES.after(message.attempts)
        own.update(status=_Status.WAITING, next_attempt_at=again, claimed_until=None, last_failure=report.failure)


def _settle_forsaken() -> None:
    """Declare mail uncertain whose worker died while handing it over: nobody knows whether it arrived."""
    now = timezone.now()
    forsaken = OutgoingMessage.objects.filter(status=_Status.HANDING_OVER, claimed_until__lte=now)
    if forsaken.exists() and forsaken.update(status=_Status.UNCERTAIN, settled_at=now, last_failure="worker ended"):
        logger.warning("Mail that a worker left while handing it over may not have arrived; the admin shows which")
