"""Telling officers by mail what has happened to an inquiry, in their own language; never who asks, or what.

The owner is told; where nobody owns the inquiry, its desk. Whoever did it is not told, nor who has switched the notice
off. All mail to staff about one inquiry is one thread: one subject, and references to the announcement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.languages import mail_language
from mailing.outbox import Mail, queue_message
from press.models.desk import Desk
from press.models.inquiry import Inquiry
from press.models.notice import Notice, NoticeSwitches, OfficerNotices
from press.outlook import deadlines_of
from press.routing import duty_desk, office_in

if TYPE_CHECKING:
    from accounts.models import User

PURPOSE = "inquiry-notice"


@dataclass(frozen=True)
class Recipient:
    """A mailbox of staff, the language of its mails, and what it wants to be told (None: everything)."""

    email: str
    language: str
    switches: NoticeSwitches | None = None

    def wants(self, notice: Notice) -> bool:
        return bool(self.email) and (self.switches is None or self.switches.wants(notice))


def officer(user: User) -> Recipient:
    switches = OfficerNotices.objects.filter(user=user).first()
    return Recipient(user.email if user.is_active else "", mail_language(user), switches)


def mailbox(desk: Desk | None) -> Recipient:
    """The desk's, or the duty desk's; where there is none, the office's."""
    desk = desk or duty_desk()
    if desk:
        return Recipient(desk.email, desk.language, desk)
    language = settings.LANGUAGE_CODE
    address = settings.ENVIRONMENT.press_email or office_in(language).contact_email or settings.DEFAULT_FROM_EMAIL
    return Recipient(address, language)


def responsible_for(inquiry: Inquiry) -> Recipient:
    """Its owner, if mail reaches them; else its desk."""
    owner = officer(inquiry.owner) if inquiry.owner else None
    return owner if owner and owner.email else mailbox(inquiry.desk)


def tell(inquiry: Inquiry, notice: Notice, *, by: User | None = None, closes_on: date | None = None) -> bool:
    """Write to whoever is responsible, in the caller's transaction; returns whether they are told."""
    if by is not None and by.pk == inquiry.owner_id:
        return False
    return send(responsible_for(inquiry), inquiry, notice, closes_on=closes_on)


def send(recipient: Recipient, inquiry: Inquiry, notice: Notice, *, closes_on: date | None = None) -> bool:
    """Write to one mailbox, unless it does not want to be told; returns whether it is."""
    if not recipient.wants(notice):
        return False
    mail = staff_mail(recipient, inquiry, "inquiry_notice", {"notice": notice, "closes_on": closes_on})
    queue_message(mail, purpose=PURPOSE, about=inquiry.about)
    return True


def staff_mail(recipient: Recipient, inquiry: Inquiry, template: str, context: dict[str, object]) -> Mail:
    """A mail to staff in their language, in the thread of the inquiry."""
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
    name = office_in(recipient.language).name
    return Mail(recipient.email, subject, text, headers=headers, sender_name=name)


def thread_id(inquiry: Inquiry) -> str:
    """The Message-ID of the announcement, to which later mail to staff refers."""
    return f"<{str(inquiry).lower()}@{urlsplit(settings.BASE_URL).hostname}>"
