"""What officers do with an inquiry. Every change is recorded, and refused if somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from mailing.models import OutgoingMessage
from mailing.outbox import release_messages, send_again
from press.inquiries.correspondence import PURPOSES, NobodyToAnswer, send_to_journalist, why_not_mailed
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import Channel, EventKind, InquiryEvent, InquiryMessage, InquiryNote, InquiryReading
from press.inquiries.notices import mailbox, officer, send
from press.inquiries.states import CLOSED, move
from press.releases.page import PressReleasePage
from press.staffing.models.desk import Desk
from press.staffing.models.notices import Notice


@dataclass(frozen=True)
class Said:
    """Something that was said outside the site; `is_incoming`: whether the journalist said it."""

    text: str
    channel: Channel
    is_incoming: bool


class ChangedMeanwhile(Exception):
    """Somebody else has changed the inquiry since it was opened."""


class NotPossible(Exception):
    """Something cannot be done with an inquiry as it is. The message is for staff, in the reader's language."""


def record_reading(inquiry: Inquiry, user: User) -> None:
    InquiryReading.objects.create(inquiry=inquiry, user=user)


def locked(inquiry: Inquiry, version: int) -> Inquiry:
    """Return the inquiry as stored, locked until the transaction ends. Raise ChangedMeanwhile if it has changed."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if stored.version != version:
        raise ChangedMeanwhile
    return stored


@transaction.atomic
def change_state(inquiry: Inquiry, version: int, to: InquiryState, *, by: User) -> None:
    """Move an inquiry to another state. Raise ChangedMeanwhile or IllegalMove."""
    move(locked(inquiry, version), to, by=by)


@transaction.atomic
def assign(inquiry: Inquiry, version: int, *, owner: User | None, desk: Desk | None, by: User) -> None:
    """Give an inquiry to an owner and a desk, and notify them; a new one becomes assigned. Raise ChangedMeanwhile."""
    stored = locked(inquiry, version)
    new_owner, new_desk = stored.owner != owner, stored.desk != desk
    stored.owner, stored.desk = owner, desk
    if new_owner:
        stored.snoozed_until = None
        record(stored, EventKind.OWNER, by, to=str(owner) if owner else "")
    if new_desk:
        record(stored, EventKind.DESK, by, to=str(desk) if desk else "")
    save(stored, "owner", "desk", "snoozed_until")
    if owner and stored.state in (InquiryState.NEW, InquiryState.ACKNOWLEDGED):
        move(stored, InquiryState.ASSIGNED, by=by)
    if new_owner and owner and owner != by:
        send(officer(owner), stored, Notice.ASSIGNED)
    if new_desk and desk:
        send(mailbox(desk), stored, Notice.DESK)


@transaction.atomic
def trust(inquiry: Inquiry, version: int, *, by: User) -> None:
    """Mark an inquiry as not spam and send its held mail. Raise ChangedMeanwhile or NobodyToAnswer."""
    stored = locked(inquiry, version)
    _check_mail(stored)
    _trust(stored, by)


@transaction.atomic
def write_note(inquiry: Inquiry, text: str, *, by: User) -> None:
    """Write a note. It changes nothing that others may be changing, so it needs no version. Raise NobodyToAnswer for an
    inquiry of which nothing may be kept any more.
    """
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    check_kept(stored)
    InquiryNote.objects.create(inquiry=stored, author=by, text=text)
    record(stored, EventKind.NOTE, by)


@transaction.atomic
def snooze(inquiry: Inquiry, version: int, until: datetime, *, by: User) -> None:
    """Take an open inquiry out of the inbox until then, its deadline at most. Raise ChangedMeanwhile or NotPossible."""
    stored = locked(inquiry, version)
    if stored.state in CLOSED:
        raise NotPossible(_("A closed inquiry is not put off."))
    if not timezone.now() < until <= stored.deadline:
        raise NotPossible(_("An inquiry is put off until a time that is still to come, and not past its deadline."))
    stored.snoozed_until = until
    record(stored, EventKind.SNOOZED, by, to=f"{timezone.localtime(until):%Y-%m-%d %H:%M}")
    save(stored, "snoozed_until")


@transaction.atomic
def close(inquiry: Inquiry, version: int, to: InquiryState, reason: str, *, by: User) -> None:
    """Close an inquiry, and give the reason in a note. Raise ChangedMeanwhile, IllegalMove or NobodyToAnswer."""
    change_state(inquiry, version, to, by=by)
    write_note(inquiry, reason, by=by)


@transaction.atomic
def link_releases(inquiry: Inquiry, version: int, releases: Iterable[PressReleasePage], *, by: User) -> None:
    """Link these releases to an inquiry, and no others. Raise ChangedMeanwhile."""
    stored = locked(inquiry, version)
    stored.releases.set(releases)
    record(stored, EventKind.RELEASES, by, pages=[release.pk for release in releases])
    save(stored)


@transaction.atomic
def merge(inquiry: Inquiry, version: int, original: Inquiry, *, answer: str = "", by: User) -> None:
    """Close an inquiry as a duplicate of another, whose history says so. `answer`: what its sender gets if the original
    has been answered before; later answers go to both. Raise ChangedMeanwhile, IllegalMove or NobodyToAnswer.
    """
    original = Inquiry.objects.select_for_update().get(pk=original.pk)
    stored = locked(inquiry, version)
    if answer:
        _answer(stored, answer, by)
    inherited = list(stored.duplicates.filter(state=InquiryState.DUPLICATE))
    stored = move(stored, InquiryState.DUPLICATE, by=by, original=original.reference)
    for duplicate in (stored, *inherited):
        duplicate.duplicate_of = original
        duplicate.save(update_fields=["duplicate_of"])
    record(original, EventKind.MERGED, by, duplicate=stored.reference)


@transaction.atomic
def reply(
    inquiry: Inquiry,
    version: int,
    text: str,
    *,
    then: InquiryState | None,
    by: User,
    copies: Iterable[Inquiry] = (),
) -> None:
    """Mail the journalist, and those who asked the same (`copies`), each in their own thread, and move the inquiry on.
    An inquiry that is answered is not spam. Raise ChangedMeanwhile, IllegalMove or NobodyToAnswer.
    """
    stored = locked(inquiry, version)
    _answer(stored, text, by)
    for copy in Inquiry.objects.select_for_update().filter(pk__in=[each.pk for each in copies]).order_by("pk"):
        # Anyone who has withdrawn meanwhile gets nothing.
        if copy.duplicate_of_id == stored.pk and not why_not_mailed(copy):
            _answer(copy, text, by)
    if then and then != stored.state:
        move(stored, then, by=by)


@transaction.atomic
def record_message(inquiry: Inquiry, version: int, said: Said, *, then: InquiryState | None, by: User) -> None:
    """Add to the thread what was said by telephone or came by mail. A message from the journalist ends the wait for it.
    Raise ChangedMeanwhile, IllegalMove, or NobodyToAnswer for an inquiry of which nothing may be kept any more.
    """
    stored = locked(inquiry, version)
    check_kept(stored)
    InquiryMessage.objects.create(inquiry=stored, author=by, **asdict(said))
    if said.is_incoming:
        stored.snoozed_until = None
    else:
        stored.first_response_at = stored.first_response_at or timezone.now()
    record(stored, EventKind.RECORDED, by, channel=said.channel)
    save(stored, "first_response_at", "snoozed_until")
    if said.is_incoming and then is None and stored.state == InquiryState.WAITING_JOURNALIST:
        then = InquiryState.ASSIGNED
    if then and then != stored.state:
        move(stored, then, by=by)


@transaction.atomic
def resend(inquiry: Inquiry, message: OutgoingMessage, *, by: User) -> None:
    """Send again a mail about the inquiry that did not arrive, or may not have, unless a colleague has already done so.
    Raise NobodyToAnswer.
    """
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if message.purpose in PURPOSES:
        _check_mail(stored)
    if send_again(message):
        record(stored, EventKind.RESENT, by, message_id=message.message_id)


def record(inquiry: Inquiry, kind: EventKind, by: User | None, **detail: object) -> None:
    InquiryEvent.objects.create(inquiry=inquiry, kind=kind, user=by, detail=detail)


def check_kept(inquiry: Inquiry) -> None:
    """Raise NobodyToAnswer for an inquiry that was erased, of which nothing may be kept any more."""
    if inquiry.anonymized_at:
        raise NobodyToAnswer(why_not_mailed(inquiry))


def save(inquiry: Inquiry, *fields: str) -> None:
    """Store a change under the next version. Lock the inquiry first."""
    inquiry.version += 1
    inquiry.save(update_fields=[*fields, "version"])


def _answer(inquiry: Inquiry, text: str, by: User) -> None:
    """Mail one journalist. Lock the inquiry first."""
    _check_mail(inquiry)
    if inquiry.suspicion:
        _trust(inquiry, by)
    message = send_to_journalist(inquiry, text, by=by)
    record(inquiry, EventKind.REPLY, by, message=message.pk)
    save(inquiry, "first_response_at")


def _check_mail(inquiry: Inquiry) -> None:
    refusal = why_not_mailed(inquiry)
    if refusal:
        raise NobodyToAnswer(refusal)


def _trust(inquiry: Inquiry, by: User) -> None:
    inquiry.suspicion = ""
    release_messages(inquiry.about)
    record(inquiry, EventKind.TRUSTED, by)
    save(inquiry, "suspicion")
