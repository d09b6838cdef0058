"""What a journalist may expect: when somebody reads the question, and whether only a call helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from core.dates import date_time_text
from core.languages.declared import reader_language
from press.hours.calendar import hours_are_confirmed, office_calendar, opening_text
from press.hours.working_time import after_working_minutes, is_open
from press.inquiries.models.inquiry import Inquiry
from press.staffing.routing import duty_phone

from .deadlines import is_doubled, is_soon, moment_texts

# An officer reads a new inquiry within this much working time.
FIRST_LOOK_MINUTES = 120


@dataclass(frozen=True)
class Outlook:
    """What a journalist may expect, in the reader's language.

    `deadlines`: (date and time, city), in the journalist's time zone and in the office's. `opening` and `read_by`: in
    the office's time, empty until staff have entered its hours. `hint`: what is odd about the deadline, empty for most.
    `is_read`: whether an officer has the question already.
    """

    deadlines: list[tuple[str, str]]
    opening: str
    read_by: str
    is_open: bool
    is_urgent: bool
    phone: str
    hint: str
    is_read: bool


def deadlines_of(inquiry: Inquiry) -> list[tuple[str, str]]:
    """Return (date and time, city) in the journalist's time zone and in the office's, in the reader's language."""
    return moment_texts(inquiry.deadline, inquiry.time_zone, reader_language())


def outlook_of(inquiry: Inquiry, *, is_read: bool = False) -> Outlook:
    """Return the outlook at the moment when the inquiry was received; nothing is promised for a question that was read
    since.
    """
    calendar, received = office_calendar(), inquiry.created_at
    is_told = hours_are_confirmed() and not is_read
    read_by = after_working_minutes(calendar, received, FIRST_LOOK_MINUTES)
    return Outlook(
        deadlines=deadlines_of(inquiry),
        opening=opening_text(calendar, received) if is_told else "",
        read_by=date_time_text(read_by, settings.TIME_ZONE) if is_told else "",
        is_open=is_open(calendar, received),
        is_urgent=not is_read and (inquiry.deadline < read_by or is_soon(inquiry.deadline, received)),
        phone=duty_phone(inquiry.desk, reader_language()),
        hint=_hint(inquiry, received),
        is_read=is_read,
    )


def _hint(inquiry: Inquiry, received: datetime) -> str:
    if inquiry.deadline < received:
        return _("This deadline has passed already. We have your question all the same.")
    if is_doubled(inquiry.deadline, inquiry.time_zone):
        return _("Clocks go back that day, and show this time twice. We go by the first.")
    return ""
