"""What officers do with an inquiry. Every change is recorded, and refused where somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.languages import direction
from core.models import OfficeSettings
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, new_message_id, queue_message, release_messages, send_again
from press.inquiry_states import move
from press.models import (
    Desk,
    EventKind,
    Inquiry,
    InquiryEvent,
    InquiryMessage,
    InquiryNote,
    InquiryReading,
    InquiryState,
    PressReleasePage,
)


class ChangedMeanwhile(Exception):
    """Somebody else has changed the inquiry since it was opened."""


class NobodyToAnswer(Exception):
    """The inquiry has been made anonymous. Its text is for staff, in the reader's language."""


def record_reading(inquiry: Inquiry, user: User) -> None:
    InquiryReading.objects.create(inquiry=inquiry, user=user)


def locked(inquiry: Inquiry, version: int) -> Inquiry:
    """The inquiry as it is stored, locked until the transaction ends. Raises ChangedMeanwhile."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if stored.version != version:
        raise ChangedMeanwhile
    return stored


@transaction.atomic
def change_state(inquiry: Inquiry, version: int, to: InquiryState, *, by: User) -> None:
    """Raises ChangedMeanwhile, IllegalMove."""
    move(locked(inquiry, version), to, by=by)


@transaction.atomic
def assign(inquiry: Inquiry, version: int, *, owner: User | None, desk: Desk | None, by: User) -> None:
    """Give an inquiry to an owner and a desk; a new one is then assigned. Raises ChangedMeanwhile."""
    stored = locked(inquiry, version)
    for kind, name, value in ((EventKind.OWNER, "owner", owner), (EventKind.DESK, "desk", desk)):
        if getattr(stored, name) != value:
            setattr(stored, name, value)
            _record(stored, kind, by, to=str(value) if value else "")
    _save(stored, "owner", "desk")
    if owner and stored.state in (InquiryState.NEW, InquiryState.ACKNOWLEDGED):
        move(stored, InquiryState.ASSIGNED, by=by)


@transaction.atomic
def trust(inquiry: Inquiry, version: int, *, by: User) -> None:
    """Say that an inquiry is no spam: what was held of its mail goes out. Raises ChangedMeanwhile."""
    _trust(locked(inquiry, version), by)


@transaction.atomic
def write_note(inquiry: Inquiry, text: str, *, by: User) -> None:
    """A note changes nothing that others may be changing: it needs no version."""
    InquiryNote.objects.create(inquiry=inquiry, author=by, text=text)
    _record(inquiry, EventKind.NOTE, by)


@transaction.atomic
def link_releases(inquiry: Inquiry, version: int, releases: Iterable[PressReleasePage], *, by: User) -> None:
    """Raises ChangedMeanwhile."""
    stored = locked(inquiry, version)
    stored.releases.set(releases)
    _record(stored, EventKind.RELEASES, by, pages=[release.pk for release in releases])
    _save(stored)


@transaction.atomic
def merge(inquiry: Inquiry, version: int, original: Inquiry, *, by: User) -> None:
    """Close an inquiry as a duplicate of another, whose history says so. Raises ChangedMeanwhile, IllegalMove."""
    stored = move(locked(inquiry, version), InquiryState.DUPLICATE, by=by, original=original.reference)
    stored.duplicate_of = original
    stored.save(update_fields=["duplicate_of"])
    _record(original, EventKind.MERGED, by, duplicate=stored.reference)


@transaction.atomic
def reply(inquiry: Inquiry, version: int, text: str, *, then: InquiryState | None, by: User) -> InquiryMessage:
    """Mail the journalist in the inquiry's thread (RFC 5322, 3.6.4) and move the inquiry on. What is answered is not
    spam.

    Raises ChangedMeanwhile, IllegalMove, NobodyToAnswer.
    """
    stored = locked(inquiry, version)
    if not stored.email:
        raise NobodyToAnswer(_("This inquiry has been made anonymous: nobody can be answered."))
    if stored.suspicion:
        _trust(stored, by)
    thread = list(stored.messages.order_by("at", "pk").values_list("message_id", flat=True))
    mail, message_id = _mail(stored, text, thread), new_message_id()
    outgoing = queue_message(mail, purpose="inquiry-reply", about=stored.about, message_id=message_id)
    message = InquiryMessage.objects.create(
        inquiry=stored, author=by, subject=mail.subject, text=text, message_id=message_id, outgoing=outgoing
    )
    stored.first_response_at = stored.first_response_at or timezone.now()
    _record(stored, EventKind.REPLY, by, message=message.pk)
    _save(stored, "first_response_at")
    if then and then != stored.state:
        move(stored, then, by=by)
    return message


@transaction.atomic
def resend(inquiry: Inquiry, message: OutgoingMessage, *, by: User) -> None:
    """Send a mail about the inquiry once more that did not arrive, or may not have. Where a colleague was faster, it is
    on its way already.
    """
    if send_again(message):
        _record(inquiry, EventKind.RESENT, by, message_id=message.message_id)


def _trust(inquiry: Inquiry, by: User) -> None:
    inquiry.suspicion = ""
    release_messages(inquiry.about)
    _record(inquiry, EventKind.TRUSTED, by)
    _save(inquiry, "suspicion")


def _mail(inquiry: Inquiry, text: str, thread: list[str]) -> Mail:
    language = inquiry.language
    office = OfficeSettings.objects.filter(locale__language_code=language).first()
    context = {
        "inquiry": inquiry,
        "text": text,
        "desk": inquiry.desk,
        "desk_name": inquiry.desk.name(language) if inquiry.desk else "",
        "office": office,
        "language": language,
        "direction": direction(language),
    }
    with translation.override(language):
        bodies = [render_to_string(f"emails/inquiry_reply.{kind}", context) for kind in ("txt", "html")]
        subject = render_to_string("emails/inquiry_reply_subject.txt", context).strip()
    reply_to = inquiry.desk.email if inquiry.desk else (office.contact_email if office else "")
    headers = {"In-Reply-To": thread[-1], "References": " ".join(thread)} if thread else {}
    return Mail(inquiry.email, subject, bodies[0], bodies[1], reply_to=reply_to, headers=headers)


def _record(inquiry: Inquiry, kind: EventKind, by: User, **detail: object) -> None:
    InquiryEvent.objects.create(inquiry=inquiry, kind=kind, user=by, detail=detail)


def _save(inquiry: Inquiry, *fields: str) -> None:
    """Store a change under the next version; the inquiry is locked."""
    inquiry.version += 1
    inquiry.save(update_fields=[*fields, "version"])
