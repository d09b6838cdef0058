"""Writing mail: in the caller's transaction, so that it exists only if what it tells of does."""

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
# Over without having arrived, as far as is known.
UNDELIVERED = (Status.REFUSED, Status.UNCERTAIN)
_SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Mail:
    """A mail to one recipient. Text from outside may stand in `subject` and `headers`: line breaks and control
    characters become blanks.
    """

    recipient: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    # Shown beside the site's own address.
    sender_name: str = ""


def queue_message(mail: Mail, *, purpose: str, about: str, message_id: str = "", held: bool = False) -> OutgoingMessage:
    """Write a mail in the caller's transaction; the worker sends it after the commit, a held one once it is released.

    `purpose`: what kind of mail, such as "inquiry-acknowledgement"; `about`: what it belongs to, such as
    "press.inquiry:12". `message_id`: by default a new one; either stays the same however often sending is tried.
    Raises ValueError for a recipient or reply-to that is no address of a mailbox.
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
    """A Message-ID that says nothing of when, where or by which process it was made."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"


def one_line(text: str) -> str:
    """The text for a header: without line breaks and control characters, which could begin another header."""
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") else letter for letter in text)
    return " ".join(plain.split())


def cancel_messages(about: str, *, but: Collection[str] = ()) -> int:
    """Send nothing more about this, `but` of those purposes, and delete what mail about it said; returns how many mails
    were not sent yet.
    """
    unsent = OutgoingMessage.objects.filter(about=about).exclude(status=Status.SENT).exclude(purpose__in=but)
    return unsent.update(status=Status.CANCELLED, settled_at=timezone.now(), content="")


def hold_messages(about: str, purposes: Collection[str]) -> int:
    """Hold what waits to be sent about this, of these purposes; returns how many mails there were."""
    waiting = OutgoingMessage.objects.filter(about=about, purpose__in=purposes, status=Status.WAITING)
    return waiting.update(status=Status.HELD)


def readdress_messages(about: str, purposes: Collection[str], recipient: str) -> set[str]:
    """Send what has not gone out about this, of these purposes, to another address, and what was refused at the old one
    once more; returns the purposes of those mails. What may have arrived at the old one gets the new address, and waits
    for a person as before. Raises ValueError for what is no address of a mailbox.
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
        # Whoever is sending it at this moment has lost it.
        message.attempts, message.claimed_until = message.attempts + 1, None
        message.save()
        if message.status != Status.UNCERTAIN:
            redirected.add(message.purpose)
    return redirected


def release_messages(about: str) -> int:
    """Let the mail go that was held about this; returns how many there were."""
    held = OutgoingMessage.objects.filter(about=about, status=Status.HELD)
    return held.update(status=Status.WAITING, created_at=timezone.now(), next_attempt_at=timezone.now())


def send_again(message: OutgoingMessage) -> bool:
    """Send a mail once more that was refused, or of which nobody knows whether it arrived, with the same Message-ID;
    returns whether it was such a mail. To be asked for by a person: the recipient may have it already.
    """
    failed = OutgoingMessage.objects.filter(pk=message.pk, status__in=UNDELIVERED)
    return bool(
        failed.update(status=Status.WAITING, created_at=timezone.now(), next_attempt_at=timezone.now(), settled_at=None)
    )
