"""Notify officers by mail, in their own language, of what has happened to an inquiry; never of who asks, or what.

The owner is notified or, if nobody owns the inquiry, its desk. The person who did it is not notified, nor is anyone who
has switched the notice off. All mail to staff about one inquiry is one thread: one subject, and references to the
announcement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.languages import mail_language
from core.models import OfficeSettings
from mailing.outbox import Mail, queue_message
from press.hours.calendar import office_calendar
from press.hours.working_time import is_open
from press.inquiries.models.inquiry import Inquiry
from press.staffing.models.desk import Desk
from press.staffing.models.notices import Notice, NoticeSwitches, OfficerNotices
from press.staffing.roster import on_duty, stand_in
from press.staffing.routing import duty_desk

from .outlook import deadlines_of

if TYPE_CHECKING:
    from accounts.models import User

PURPOSE = "inquiry-notice"
# The notices that also go to anyone on duty while the office is closed.
_URGENT = (Notice.NEAR, Notice.OVERDUE)


@dataclass(frozen=True)
class Recipient:
    """A mailbox of staff, the language of its mails, and which notices it wants (None: all)."""

    email: str
    language: str
    switches: NoticeSwitches | None = None

    def wants(self, notice: Notice) -> bool:
        return bool(self.email) and (self.switches is None or self.switches.wants(notice))


def officer(user: User) -> Recipient:
    """Return the mailbox of an officer or, if they are absent today, of their stand-in."""
    user = stand_in(user) or user
    switches = OfficerNotices.objects.filter(user=user).first()
    return Recipient(user.email if user.is_active else "", mail_language(user), switches)


def mailbox(desk: Desk | None) -> Recipient:
    """Return the mailbox of the desk or, without one, of the duty desk; if there is none, the office's."""
    desk = desk or duty_desk()
    if desk:
        return Recipient(desk.email, desk.language, desk)
    language = settings.LANGUAGE_CODE
    address = (
        settings.ENVIRONMENT.press_email
        or OfficeSettings.in_language(language).contact_email
        or settings.DEFAULT_FROM_EMAIL
    )
    return Recipient(address, language)


def responsible_for(inquiry: Inquiry) -> Recipient:
    """Return the mailbox of the owner if mail reaches them, otherwise of the desk."""
    owner = officer(inquiry.owner) if inquiry.owner else None
    return owner if owner and owner.email else mailbox(inquiry.desk)


def tell(inquiry: Inquiry, notice: Notice, *, by: User | None = None, closes_on: date | None = None) -> bool:
    """Write to whoever is responsible, in the caller's transaction; return whether anyone was notified.

    While the office is closed, anyone on duty is also notified of urgent matters.
    """
    if by is not None and by.pk == inquiry.owner_id:
        return False
    recipients = [responsible_for(inquiry)]
    if notice in _URGENT:
        recipients += out_of_hours(inquiry.desk, but=recipients)
    told = [send(each, inquiry, notice, closes_on=closes_on) for each in recipients]
    return any(told)


def out_of_hours(desk: Desk | None, *, but: Sequence[Recipient] = ()) -> list[Recipient]:
    """Return who is on duty for a desk, or for the duty desk, while the office is closed; nobody while it is open."""
    if is_open(office_calendar(), timezone.now()):
        return []
    known = {each.email for each in but}
    found = [officer(user) for user in on_duty(desk) or on_duty(duty_desk())]
    return [each for each in found if each.email and each.email not in known]


def send(recipient: Recipient, inquiry: Inquiry, notice: Notice, *, closes_on: date | None = None) -> bool:
    """Write to one mailbox, unless it does not want the notice; return whether it was notified."""
    if not recipient.wants(notice):
        return False
    mail = staff_mail(recipient, inquiry, "inquiry_notice", {"notice": notice, "closes_on": closes_on})
    queue_message(mail, purpose=PURPOSE, about=inquiry.about)
    return True


def staff_mail(recipient: Recipient, inquiry: Inquiry, template: str, context: dict[str, object]) -> Mail:
    """Return a mail to staff in their language, in the thread of the inquiry."""
    with translation.override(recipient.language):
        context = context | {
            "inquiry": inquiry,
            "deadlines": deadlines_of(inquiry),
            "address": settings.BASE_URL + reverse("inquiries:inspect", args=[inquiry.pk]),
        }
        subject = render_to_string("emails/inquiry_to_office_subject.txt", context).strip()
        text = render_to_string(f"emails/{template}.txt", context)
    thread = thread_id(inquiry)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": recipient.language}
    if template == "inquiry_notice":
        headers |= {"In-Reply-To": thread, "References": thread}
    name = OfficeSettings.in_language(recipient.language).name
    return Mail(recipient.email, subject, text, headers=headers, sender_name=name)


def thread_id(inquiry: Inquiry) -> str:
    """Return the Message-ID of the announcement, to which later mail to staff refers."""
    return f"<{str(inquiry).lower()}@{urlsplit(settings.BASE_URL).hostname}>"
