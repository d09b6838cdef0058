"""Inquiries that nobody works on: a reminder, then a date on which they are closed without an answer, so that the
retention period begins and nobody's data is kept for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import EventKind, InquiryEvent
from press.staffing.models.notices import Notice

from .notices import tell
from .states import OPEN, move

# How long an inquiry past its deadline must be left untouched before somebody is reminded of it.
REMIND_AFTER = timedelta(days=30)
# How long after the reminder it is closed.
CLOSE_AFTER = timedelta(days=30)
# A deadline further ahead than this is a typing error, or practically none.
_LONGEST_DEADLINE = timedelta(days=365)
_BY_THE_SITE = (EventKind.REMINDED, EventKind.EXPORTED)


def remind() -> bool:
    """Remind those responsible of one inquiry that nobody works on; return whether there was one."""
    due = _untouched_since(timezone.now() - REMIND_AFTER).filter(
        Q(reminded_at=None) | Q(last_work__isnull=False, reminded_at__lt=F("last_work"))
    )
    inquiry = due.order_by("pk").first()
    if inquiry is None:
        return False
    with transaction.atomic():
        stored = _still(inquiry)
        if stored:
            stored.reminded_at = timezone.now()
            stored.save(update_fields=["reminded_at"])
            InquiryEvent.objects.create(inquiry=stored, kind=EventKind.REMINDED)
            tell(stored, Notice.IDLE, closes_on=timezone.localdate(stored.reminded_at + CLOSE_AFTER))
    return True


def let_lapse() -> bool:
    """Close one inquiry that nobody has worked on since the reminder; return whether there was one."""
    inquiry = lapsing(timezone.now()).order_by("pk").first()
    if inquiry is None:
        return False
    with transaction.atomic():
        stored = _still(inquiry)
        if stored:
            move(stored, InquiryState.LAPSED)
    return True


def lapsing(now: datetime) -> QuerySet[Inquiry]:
    """Return the open inquiries that are due to be closed at that moment."""
    reminded = _untouched_since(now - REMIND_AFTER).filter(reminded_at__lt=now - CLOSE_AFTER)
    return reminded.filter(Q(last_work=None) | Q(last_work__lte=F("reminded_at")))


def closing_date(inquiry: Inquiry) -> datetime | None:
    """Return when an inquiry is closed unless somebody works on it; None if nobody has been reminded."""
    return inquiry.reminded_at + CLOSE_AFTER if inquiry.reminded_at and inquiry.state in OPEN else None


def _untouched_since(moment: datetime) -> QuerySet[Inquiry]:
    """Return open inquiries with a past deadline and no work since then; `last_work`: when somebody last worked."""
    work = Max("events__at", filter=~Q(events__kind__in=_BY_THE_SITE))
    far = Q(deadline__lt=timezone.now()) | Q(created_at__lt=timezone.now() - _LONGEST_DEADLINE)
    found = Inquiry.objects.filter(far, state__in=OPEN, created_at__lt=moment).annotate(last_work=work)
    return found.filter(Q(last_work=None) | Q(last_work__lt=moment))


def _still(inquiry: Inquiry) -> Inquiry | None:
    """Return the inquiry, locked; None if somebody has worked on it or another worker was faster."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    same = (stored.version, stored.reminded_at) == (inquiry.version, inquiry.reminded_at)
    return stored if same else None
