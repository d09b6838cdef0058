"""Receiving a press inquiry: it is stored first, then mailed; a mail that fails loses nothing."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OfficeSettings

if TYPE_CHECKING:
    from press.models import Inquiry

logger = logging.getLogger(__name__)


def receive_inquiry(*, language: str, name: str, outlet: str, email: str, deadline: datetime, question: str) -> Inquiry:
    """Store an inquiry, give it its reference, and mail the office and the journalist once it is stored for good."""
    from press.models import Inquiry

    with transaction.atomic():
        inquiry = Inquiry.objects.create(
            language=language, name=name, outlet=outlet, email=email, deadline=deadline, question=question
        )
        inquiry.reference = f"PR-{timezone.localtime(inquiry.created_at).year}-{inquiry.pk:04d}"
        inquiry.save(update_fields=["reference"])
        transaction.on_commit(partial(_send_mails, inquiry))
    return inquiry


def _send_mails(inquiry: Inquiry) -> None:
    for message in (_message_to_office(inquiry), _acknowledgement(inquiry)):
        try:
            message.send()
        except (SMTPException, OSError) as error:
            # No address and no text of the inquiry in the log: the inquiry itself is in the admin.
            logger.error("Mail about inquiry %s could not be sent: %s", inquiry.reference, type(error).__name__)


def _office(inquiry: Inquiry) -> OfficeSettings:
    return OfficeSettings.objects.filter(locale__language_code=inquiry.language).first() or OfficeSettings()


def _message_to_office(inquiry: Inquiry) -> EmailMessage:
    office = _office(inquiry)
    address = f"{settings.BASE_URL}{reverse('inquiries:inspect', args=[inquiry.pk])}"
    with translation.override(inquiry.language):
        body = render_to_string("emails/inquiry_to_office.txt", {"inquiry": inquiry, "address": address})
        subject = render_to_string("emails/inquiry_to_office_subject.txt", {"inquiry": inquiry}).strip()
    recipient = settings.ENVIRONMENT.press_email or office.contact_email or settings.DEFAULT_FROM_EMAIL
    return EmailMessage(subject, body, to=[recipient], reply_to=[inquiry.email])


def _acknowledgement(inquiry: Inquiry) -> EmailMessage:
    office = _office(inquiry)
    with translation.override(inquiry.language):
        context = {"inquiry": inquiry, "office": office}
        body = render_to_string("emails/inquiry_acknowledgement.txt", context)
        subject = render_to_string("emails/inquiry_acknowledgement_subject.txt", context).strip()
    # RFC 3834: an answer by a machine, so that no other machine answers it.
    headers = {"Auto-Submitted": "auto-replied"}
    return EmailMessage(subject, body, to=[inquiry.email], headers=headers)
