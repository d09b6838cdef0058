"""Write mail in the caller's transaction, so that it exists only if the change that it reports does."""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from .models import OutgoingMessage

Status = OutgoingMessage.Status
# Finished without having arrived, as far as is known.
UNDELIVERED = (Status.REFUSED, Status.UNCERTAIN)
_SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Mail:
    """A mail to one recipient. `subject` and `headers` may contain text from outside: line breaks and control
    characters become blanks.
    """

    recipient: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    # Shown with the site's own address.
    sender_name: str = ""


def queue_message(mail: Mail, *, purpose: str, about: str, message_id: str = "", held: bool = False) -> OutgoingMessage:
    """Write a mail in the caller's transaction; the worker sends it after the commit, a held one once it is released.

    `purpose`: the kind of mail, such as "inquiry-acknowledgement"; `about`: what it belongs to, such as
    "press.inquiry:12". `message_id`: by default a new one; it stays the same however often sending is tried. Raise
    ValueError if the recipient or reply-to is not the address of a mailbox.
    """
    for address in (mail.recipient, *filter(None, [mail.reply_to])):
        _check_address(address)
    content = asdict(mail) | {
        "subject": one_line(mail.subject)[:_SUBJECT_LENGTH],
        "sender_name": one_line(mail.sender_name),
        "headers": {name: one_line(value) for name, value in mail.headers.items()},
    }
    return OutgoingMessage.objects.create(
        status=Status.HELD if held else Status.WAITING,
        purpose=purpose,
        about=about,
        message_id=message_id or new_message_id(),
        content=json.dumps(content),
    )


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError("A mail needs the address of a mailbox as its recipient and reply-to") from None


def new_message_id() -> str:
    """Return a Message-ID that does not reveal when, where or by which process it was made."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"


def one_line(text: str) -> str:
    """Return the text for a header: without line breaks and control characters, which could begin another header."""
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") else letter for letter in text)
    return " ".join(plain.split())


def cancel_messages(about: str, *, but: Collection[str] = ()) -> int:
    """Cancel all unsent mail about this, except for the purposes in `but`, and delete its content; return how many
    mails were not sent yet.
    """
    unsent = OutgoingMessage.objects.filter(about=about).exclude(status=Status.SENT).exclude(purpose__in=but)
    return unsent.update(status=Status.CANCELLED, settled_at=timezone.now(), content="")


def hold_messages(about: str, purposes: Collection[str]) -> int:
    """Hold the mail about this that waits to be sent, for these purposes; return how many mails there were."""
    waiting = OutgoingMessage.objects.filter(about=about, purpose__in=purposes, status=Status.WAITING)
    return waiting.update(status=Status.HELD)


def readdress_messages(about: str, purposes: Collection[str], recipient: str) -> set[str]:
    """Send the unsent mail about this, for these purposes, to another address, and retry mail that was refused at the
    old one; return the purposes of those mails. Mail that may have arrived at the old address gets the new one, and
    still waits for a person. Raise ValueError if `recipient` is not the address of a mailbox.
    """
    _check_address(recipient)
    unsent = (Status.HELD, Status.WAITING, *UNDELIVERED)
    messages = OutgoingMessage.objects.select_for_update().filter(about=about, purpose__in=purposes, status__in=unsent)
    redirected = set()
    for message in messages:
        message.content = json.dumps(json.loads(message.content) | {"recipient": recipient})
        if message.status == Status.REFUSED:
            message.status, message.settled_at = Status.WAITING, None
            message.created_at = message.next_attempt_at = timezone.now()
        # A worker that is sending it at this moment has lost it.
        message.attempts, message.claimed_until = message.attempts + 1, None
        message.save()
        if message.status != Status.UNCERTAIN:
            redirected.add(message.purpose)
    return redirected


def release_messages(about: str) -> int:
    """Release the mail that was held about this; return how many there were."""
    held = OutgoingMessage.objects.filter(about=about, status=Status.HELD)
    return held.update(status=Status.WAITING, created_at=timezone.now(), next_attempt_at=timezone.now())


def send_again(message: OutgoingMessage) -> bool:
    """Send a mail again that was refused, or that may or may not have arrived, with the same Message-ID; return whether
    it was such a mail. Only a person may request this: the recipient may have the mail already.
    """
    failed = OutgoingMessage.objects.filter(pk=message.pk, status__in=UNDELIVERED)
    return bool(
        failed.update(status=Status.WAITING, created_at=timezone.now(), next_attempt_at=timezone.now(), settled_at=None)
    )
