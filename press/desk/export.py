"""The table that officers may export from the desk."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.languages.declared import reader_language
from core.places.countries import country_name
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import EventKind, InquiryEvent

from .spreadsheets import Row

FORMATS = ("csv", "xlsx")


def header() -> list[str]:
    return [
        _("Reference"), _("State"), _("Received"), _("Deadline"), _("Media outlet"), _("Name"), _("E-mail"),
        _("Telephone"), _("Language"), _("Topic"), _("Country"), _("Desk"), _("Owner"), _("First response"),
        _("Answered"), _("Question"),
    ]  # fmt: skip


def row(inquiry: Inquiry) -> Row:
    return [
        inquiry.reference, inquiry.get_state_display(), inquiry.created_at, inquiry.deadline, inquiry.outlet,
        inquiry.name, inquiry.email, inquiry.phone, inquiry.get_language_display(),
        str(inquiry.topic or ""), country_name(inquiry.country, reader_language()) if inquiry.country else "",
        str(inquiry.desk or ""), str(inquiry.owner or ""), inquiry.first_response_at,
        inquiry.answered_at, inquiry.question,
    ]  # fmt: skip


@transaction.atomic
def exported_rows(inquiries: list[Inquiry], by: User) -> list[Row]:
    """Return the rows of inquiries, and record the export in the history of each."""
    InquiryEvent.objects.bulk_create(
        InquiryEvent(inquiry=inquiry, user=by, kind=EventKind.EXPORTED) for inquiry in inquiries
    )
    return [row(inquiry) for inquiry in inquiries]
