"""Delete what inquiries say about people: when the retention period is over, or at once at their request."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mailing.outbox import cancel_messages

from .models.inquiry import Inquiry, InquiryState
from .models.records import EventKind, InquiryEvent
from .notices import PURPOSE
from .states import CLOSED, move


@transaction.atomic
def erase(inquiry: Inquiry) -> None:
    """Delete at once, at the journalist's request, who asked and what was written about it. Idempotent."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if stored.state not in CLOSED:
        stored = move(stored, InquiryState.WITHDRAWN)
    stored.outlet = stored.country = ""
    _forget(stored, EventKind.ERASED)


def anonymize_due() -> bool:
    """Make one inquiry whose retention period is over anonymous; return whether there was one."""
    before = timezone.now() - timedelta(days=settings.INQUIRY_RETENTION_DAYS)
    due = Inquiry.objects.filter(anonymized_at=None, closed_at__lt=before)
    if not due.exists():
        return False
    with transaction.atomic():
        inquiry = due.select_for_update(skip_locked=True).first()
        if inquiry is not None:
            _forget(inquiry, EventKind.ANONYMIZED)
    return inquiry is not None


def _forget(inquiry: Inquiry, kind: EventKind) -> None:
    """Reduce a locked inquiry to data that says nothing about the sender: topic, times, state, outlet."""
    inquiry.name = inquiry.email = inquiry.phone = inquiry.contact_note = inquiry.question = inquiry.links = ""
    inquiry.anonymized_at = timezone.now()
    inquiry.version += 1
    inquiry.save()
    inquiry.notes.all().delete()
    inquiry.messages.all().delete()
    inquiry.drafts.all().delete()
    inquiry.coverage.all().delete()
    cancel_messages(inquiry.about, but=[PURPOSE])
    InquiryEvent.objects.create(inquiry=inquiry, kind=kind)
