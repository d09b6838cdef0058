"""Mail about inquiries that did not arrive, or may not have: a person decides whether to send it again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mailing.models import OutgoingMessage
from mailing.outbox import UNDELIVERED
from press.inquiries.models.inquiry import Inquiry

PURPOSES: dict[str, str | Promise] = {
    "inquiry-acknowledgement": _("the acknowledgement to the journalist"),
    "inquiry-announcement": _("the announcement to the desk"),
    "inquiry-reply": _("a reply to the journalist"),
    "inquiry-notice": _("a notice to an officer or the desk"),
}


def undelivered_mail(inquiry: Inquiry) -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(about=inquiry.about, status__in=UNDELIVERED)


def with_undelivered_mail(inquiries: Iterable[Inquiry]) -> set[int]:
    """Return the keys of those inquiries that have undelivered mail."""
    by_subject = {inquiry.about: inquiry.pk for inquiry in inquiries}
    found = OutgoingMessage.objects.filter(about__in=by_subject, status__in=UNDELIVERED)
    return {by_subject[about] for about in found.values_list("about", flat=True)}
