"""The outbox: mail that is written in the same transaction as the change that it reports, and sent by the worker."""

from __future__ import annotations

import json
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.processing.leases import LeasedWork
from core.security.encryption import EncryptedTextField


class _Email(EmailMultiAlternatives):
    """A mail whose subject begins on the line of its header name: some programs show a blank otherwise."""

    def message(self, **options: Any) -> Any:
        message: Any = super().message(**options)
        if not str(self.subject).isascii():
            message.replace_header("Subject", Header(str(self.subject), "utf-8", header_name="Subject").encode())
        return message


class OutgoingMessage(LeasedWork):
    """One mail to one recipient. Its content and recipient are encrypted, and deleted once it is sent."""

    class Status(models.TextChoices):
        # Until staff release it: its recipient may be a person who knows nothing about it.
        HELD = "held", _("held until staff let it go")
        WAITING = "waiting", _("waiting")
        # From just before the end of the mail is sent until the server's answer is stored.
        HANDING_OVER = "handing_over", _("being handed over")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")
        # Handed over, but no answer was stored: it may or may not have been accepted. A person decides.
        UNCERTAIN = "uncertain", _("may not have arrived")
        CANCELLED = "cancelled", _("cancelled")

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.WAITING)
    # What it is about, such as "press.inquiry:12", by which its mail is found and cancelled with it.
    about = models.CharField(_("about"), max_length=80, db_index=True)
    purpose = models.CharField(_("purpose"), max_length=40)
    message_id = models.CharField(max_length=255, unique=True)
    # JSON: recipient, subject, text, html, reply_to, headers, sender_name. Empty once the mail is sent.
    content = EncryptedTextField(blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True)
    # The server's last answer without its text, which may name the recipient: a code, or the name of an exception.
    last_failure = models.CharField(_("last failure"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["status", "next_attempt_at"], name="outgoing_messages_due"),
            models.Index(fields=["settled_at"], name="outgoing_messages_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about}"

    def email(self) -> EmailMultiAlternatives:
        """Return the mail as it is sent, the same at every attempt."""
        content: dict[str, Any] = json.loads(self.content)
        headers = {"Message-ID": self.message_id, "Date": format_datetime(self.created_at), **content["headers"]}
        email = _Email(
            content["subject"],
            content["text"],
            _sender(content.get("sender_name", "")),
            to=[content["recipient"]],
            reply_to=[content["reply_to"]] if content["reply_to"] else None,
            headers=headers,
        )
        if content["html"]:
            email.attach_alternative(content["html"], "text/html")
        return email


def _sender(name: str) -> str:
    """Return the site's own address, with another display name if one is given."""
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return str(Address(name or own_name, addr_spec=address))
