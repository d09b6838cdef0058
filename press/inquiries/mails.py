"""The mails about a new inquiry, to the journalist and to the desk: written into the outbox, sent by the worker."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.languages.declared import direction
from core.models import OfficeSettings
from mailing.outbox import queue_message
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import InquiryMessage

from .correspondence import mail_to_journalist, thread_headers, thread_subject
from .notices import mailbox, out_of_hours, staff_mail, thread_id
from .outlook import outlook_of


def acknowledge(inquiry: Inquiry, secret: str, at: datetime | None = None) -> None:
    """Tell the journalist, in the language of the answer, that the question has arrived, and all that comes next.

    `at`: when an officer who has the question sends this by hand. If the inquiry may be spam, the mail is held until an
    officer has read it, because the address may be somebody else's.
    """
    with translation.override(inquiry.language):
        office = OfficeSettings.in_language(inquiry.language)
        context = {
            "inquiry": inquiry,
            "secret": secret,
            "office": office,
            "outlook": outlook_of(inquiry, is_read=at is not None),
            "record_url": settings.BASE_URL + reverse("inquiry_record"),
            "language": inquiry.language,
            "direction": direction(inquiry.language),
            "retention_days": settings.INQUIRY_RETENTION_DAYS,
        }
        subject = render_to_string("emails/inquiry_acknowledgement_subject.txt", context).strip()
        text = render_to_string("emails/inquiry_acknowledgement.txt", context)
        html = render_to_string("emails/inquiry_acknowledgement.html", context)
    # RFC 3834: an automatic answer, so that no other machine answers it.
    headers = {"Auto-Submitted": "auto-replied", "Content-Language": inquiry.language} | thread_headers(inquiry)
    mail = mail_to_journalist(inquiry, thread_subject(inquiry) or subject, text, html, headers)
    outgoing = queue_message(mail, purpose="inquiry-acknowledgement", about=inquiry.about, held=bool(inquiry.suspicion))
    # Only the journalist may know the secret, so the thread shows the mail without it.
    InquiryMessage.objects.create(
        inquiry=inquiry,
        subject=mail.subject,
        text=text.replace(secret, "····"),
        message_id=outgoing.message_id,
        outgoing=outgoing,
        at=at or inquiry.created_at,
    )


def announce(inquiry: Inquiry) -> None:
    """Tell the desk, and anyone on duty while the office is closed, that there is an inquiry, and where; never who
    asks, or what.

    What may be spam is only listed.
    """
    if inquiry.suspicion:
        return
    to_desk = mailbox(inquiry.desk)
    mail = staff_mail(to_desk, inquiry, "inquiry_to_office", {})
    queue_message(mail, purpose="inquiry-announcement", about=inquiry.about, message_id=thread_id(inquiry))
    for recipient in out_of_hours(inquiry.desk, but=[to_desk]):
        mail = staff_mail(recipient, inquiry, "inquiry_to_office", {})
        queue_message(mail, purpose="inquiry-announcement", about=inquiry.about)
