"""Mail to the journalist: whether it may be sent at all, and in which thread.

Nothing else in the press room writes to a journalist's address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages.declared import direction
from core.models import OfficeSettings
from mailing.outbox import Mail, new_message_id, queue_message
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import InquiryMessage
from press.staffing.routing import duty_desk

if TYPE_CHECKING:
    from accounts.models import User

# Purposes of mail in the outbox that goes to the journalist.
PURPOSES = ("inquiry-acknowledgement", "inquiry-reply")
_CLOSED_TO_MAIL: dict[str, str | Promise] = {
    InquiryState.WITHDRAWN: gettext_lazy(
        "The journalist has withdrawn this question: no mail is sent to them any more."
    ),
    InquiryState.DECLINED: gettext_lazy("This inquiry was declined. Open it again before you write to the journalist."),
    InquiryState.SPAM: gettext_lazy("This inquiry is marked as spam. Mark it as new before you write to its sender."),
    InquiryState.LAPSED: gettext_lazy(
        "This inquiry was closed without an answer. Open it again before you write to the journalist."
    ),
}


class NobodyToAnswer(Exception):
    """The journalist may not be mailed. The message is for staff, in the reader's language."""


def why_not_mailed(inquiry: Inquiry) -> str:
    """Return why nothing may be sent to the journalist, for staff; empty if mail may be sent."""
    if inquiry.anonymized_at:
        return _("This inquiry has been made anonymous: nobody can be answered.")
    if not inquiry.email:
        return _(
            "No e-mail address of the journalist is known. Enter one under “Correct what the journalist typed”, or "
            "answer by telephone and record what you said."
        )
    return str(_CLOSED_TO_MAIL.get(inquiry.state, ""))


def send_to_journalist(inquiry: Inquiry, text: str, *, by: User) -> InquiryMessage:
    """Mail an answer in the inquiry's thread (RFC 5322, 3.6.4). Lock the inquiry first.

    Raise NobodyToAnswer if the journalist may not be mailed.
    """
    refusal = why_not_mailed(inquiry)
    if refusal:
        raise NobodyToAnswer(refusal)
    mail, message_id = _reply(inquiry, text), new_message_id()
    outgoing = queue_message(mail, purpose="inquiry-reply", about=inquiry.about, message_id=message_id)
    inquiry.first_response_at = inquiry.first_response_at or timezone.now()
    return InquiryMessage.objects.create(
        inquiry=inquiry, author=by, subject=mail.subject, text=text, message_id=message_id, outgoing=outgoing
    )


def mail_to_journalist(inquiry: Inquiry, subject: str, text: str, html: str, headers: dict[str, str]) -> Mail:
    """Return a mail from the desk; replies to it reach the desk."""
    sender = inquiry.desk or duty_desk()
    name = sender.name(inquiry.language) if sender else OfficeSettings.in_language(inquiry.language).name
    return Mail(
        inquiry.email, subject, text, html, reply_to=reply_address(inquiry), headers=headers, sender_name=str(name)
    )


def reply_address(inquiry: Inquiry) -> str:
    """Return where replies to mail about an inquiry go, the same for every mail."""
    desk = inquiry.desk.email if inquiry.desk else settings.ENVIRONMENT.press_email
    return desk or OfficeSettings.in_language(inquiry.language).contact_email or settings.DEFAULT_FROM_EMAIL


def thread_headers(inquiry: Inquiry) -> dict[str, str]:
    thread = [identifier for identifier, _subject in _thread(inquiry)]
    return {"In-Reply-To": thread[-1], "References": " ".join(thread)} if thread else {}


def thread_subject(inquiry: Inquiry) -> str:
    """Return the subject of every mail after the first, by which mail programs keep a thread together; empty for the
    first mail.
    """
    thread = _thread(inquiry)
    return f"Re: {thread[0][1].removeprefix('Re: ')}" if thread else ""


def unanswered_duplicates(inquiry: Inquiry) -> list[Inquiry]:
    """Return the duplicates from others who may be mailed and have had no officer's answer in their own thread."""
    answered = Q(messages__author__isnull=False, messages__is_incoming=False)
    found = inquiry.duplicates.filter(state=InquiryState.DUPLICATE, anonymized_at=None).exclude(answered)
    return [each for each in found.order_by("pk") if not is_from_the_same(each, inquiry)]


def is_from_the_same(one: Inquiry, other: Inquiry) -> bool:
    """Return whether two inquiries came from the same address; one without an address matches no other."""
    return bool(one.email) and one.email.strip().casefold() == other.email.strip().casefold()


def _thread(inquiry: Inquiry) -> list[tuple[str, str]]:
    """Return (Message-ID, subject) of the mails in the thread, the first one first."""
    mails = inquiry.messages.exclude(message_id=None).order_by("at", "pk")
    return [(message_id or "", subject) for message_id, subject in mails.values_list("message_id", "subject")]


def _reply(inquiry: Inquiry, text: str) -> Mail:
    language = inquiry.language
    context = {
        "inquiry": inquiry,
        "text": text,
        "desk": inquiry.desk,
        "desk_name": inquiry.desk.name(language) if inquiry.desk else "",
        "office": OfficeSettings.in_language(language),
        "language": language,
        "direction": direction(language),
    }
    with translation.override(language):
        bodies = [render_to_string(f"emails/inquiry_reply.{kind}", context) for kind in ("txt", "html")]
        first = render_to_string("emails/inquiry_acknowledgement_subject.txt", context).strip()
    headers = {"Content-Language": language} | thread_headers(inquiry)
    return mail_to_journalist(inquiry, thread_subject(inquiry) or first, bodies[0], bodies[1], headers)
