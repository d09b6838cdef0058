"""What the worker watches over at the press desk: deadlines, mail that did not arrive, officers who have left."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mailing.models import OutgoingMessage
from mailing.outbox import UNDELIVERED
from press.hours.calendar import office_calendar
from press.hours.time_left import Urgency, time_left
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import EventKind, InquiryDraft, InquiryEvent
from press.inquiries.models.sent_notice import SentNotice
from press.staffing.access import officers
from press.staffing.models.notices import Notice

from .notices import PURPOSE, mailbox, send, tell
from .states import OPEN

# An hour of working time may take this long: over a weekend and holidays.
_NEAR = timedelta(days=14)
# An inquiry as recent as this has only just been announced.
_ANNOUNCED = timedelta(minutes=15)
# Anything longer ago is not news: after an upgrade, or a worker that stood still.
_NEWS = timedelta(days=2)


def tell_of_deadlines() -> int:
    """Notify those responsible of deadlines that are near or have passed, once each; return how many."""
    now = timezone.now()
    running = Inquiry.objects.filter(state__in=OPEN, anonymized_at=None, created_at__lt=now - _ANNOUNCED)
    running = running.exclude(state=InquiryState.WAITING_JOURNALIST)
    running = running.filter(deadline__gt=now - _NEWS, deadline__lt=now + _NEAR).select_related("owner", "desk")
    calendar, told = office_calendar(), 0
    for inquiry in running:
        urgency = time_left(calendar, inquiry.deadline, now).urgency
        notice = {Urgency.OVERDUE: Notice.OVERDUE, Urgency.URGENT: Notice.NEAR}.get(urgency)
        if notice:
            told += _once(inquiry, notice, inquiry.deadline.isoformat())
    return told


def tell_of_undelivered() -> int:
    """Notify those responsible of mail that did not arrive, or may not have, once each; return how many."""
    recent = OutgoingMessage.objects.filter(status__in=UNDELIVERED, settled_at__gt=timezone.now() - _NEWS)
    # A notice that does not arrive leads to no other notice; it is shown at the desk.
    failed = recent.filter(about__startswith="press.inquiry:").exclude(purpose=PURPOSE)
    keys = {message.pk: int(message.about.partition(":")[2]) for message in failed}
    inquiries = Inquiry.objects.filter(anonymized_at=None).select_related("owner", "desk").in_bulk(keys.values())
    told = 0
    for message_pk, inquiry_pk in keys.items():
        inquiry = inquiries.get(inquiry_pk)
        if inquiry:
            told += _once(inquiry, Notice.UNDELIVERED, str(message_pk))
    return told


def tell_of_snoozed() -> int:
    """Notify those responsible once that an inquiry that was put off is back; return how many are."""
    now = timezone.now()
    back = Inquiry.objects.filter(state__in=OPEN, anonymized_at=None, snoozed_until__gt=now - _NEWS)
    found = back.filter(snoozed_until__lte=now).select_related("owner", "desk")
    return sum(_once(inquiry, Notice.SNOOZED, str(inquiry.snoozed_until)) for inquiry in found)


def free_inquiries_of_those_who_left() -> int:
    """Take open inquiries from officers who may no longer answer, and notify their desks; return how many.

    Delete the drafts of such officers.
    """
    at_work = officers().values("pk")
    # Also delete drafts stored at the moment when an inquiry was erased.
    InquiryDraft.objects.filter(~Q(user__in=at_work) | Q(inquiry__anonymized_at__isnull=False)).delete()
    forsaken = _open().exclude(owner=None).exclude(owner__in=at_work)
    return sum(_free(inquiry) for inquiry in list(forsaken))


def _open() -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(state__in=OPEN)


@transaction.atomic
def _free(inquiry: Inquiry) -> bool:
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if stored.owner_id != inquiry.owner_id:
        return False
    stored.owner = None
    stored.version += 1
    stored.save(update_fields=["owner", "version"])
    InquiryEvent.objects.create(inquiry=stored, kind=EventKind.OWNER_LEFT)
    send(mailbox(stored.desk), stored, Notice.DESK)
    return True


def _once(inquiry: Inquiry, notice: Notice, occasion: str) -> bool:
    """Notify whoever is responsible, once for each occasion, even if several workers try at the same time."""
    known = SentNotice.objects.filter(inquiry=inquiry, notice=notice, occasion=occasion)
    if known.exists():
        return False
    with transaction.atomic():
        _sent, is_first = SentNotice.objects.get_or_create(inquiry=inquiry, notice=notice, occasion=occasion)
        if is_first:
            tell(inquiry, notice)
    return is_first
