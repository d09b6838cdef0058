"""What the site stores about the people who use it, as described on the privacy page.

Every field of every model that contains something about them is in an `Item`, or is declared technical; a test compares
this with the models, so that a field cannot be added without being described.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from signing_in.known_browsers import COOKIE


@dataclass(frozen=True)
class Item:
    """One kind of stored data in words, and the fields that contain it, such as "press.Inquiry.name"."""

    text: Any
    fields: frozenset[str]


@dataclass(frozen=True)
class Record:
    """What is stored on one occasion. `kept`: for how long, and who reads it."""

    title: Any
    items: tuple[Item, ...]
    kept: tuple[Any, ...] = field(default=())
    technical: frozenset[str] = field(default=frozenset())
    # The address at which the reader erases it: a URL name and a label.
    link: tuple[str, Any] | None = None


def stored_data() -> list[Record]:
    """Return all that is stored, in the order of the privacy page."""
    return [_inquiry(), _SUBSCRIPTION, _MAIL]


def cookies() -> dict[str, Any]:
    """Return what each cookie is for, by its name. None is set for reading or for the public forms."""
    staff = _("keeps the site's staff signed in, and open a page that you have opened with its password")
    return {
        settings.SESSION_COOKIE_NAME: staff,
        settings.CSRF_COOKIE_NAME: _("protects the forms of staff, and the form for such a password, against forgery"),
        COOKIE: _(
            "knows the browser of a member of staff again, so that others who guess passwords do not lock them out"
        ),
        "messages": _("tells staff once what became of what they did"),
    }


def _of(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"{model}.{name}" for name in names)


def _inquiry() -> Record:
    kept = ngettext(
        "%(days)d day after your question is closed we delete your name, how to reach you, what you wrote, our "
        "answers and our notes. Media outlet, topic, country, times and states stay for our statistics.",
        "%(days)d days after your question is closed we delete your name, how to reach you, what you wrote, "
        "our answers and our notes. Media outlet, topic, country, times and states stay for our statistics.",
        settings.INQUIRY_RETENTION_DAYS,
    ) % {"days": settings.INQUIRY_RETENTION_DAYS}
    erase = _(
        "With the reference and the secret code from our e-mail you erase all this yourself, at any time and at once."
    )
    return Record(
        title=_("When you send us a press inquiry, through this site or in another way"),
        items=_INQUIRY_ITEMS,
        kept=(
            _("Name, contact, question, links, answers and notes are stored encrypted. Only press officers read them."),
            kept,
            erase,
            _(
                "So that nobody floods the form, we count for a day how often it is sent from a network, under a "
                "scrambled form of its address that nobody can undo afterwards."
            ),
        ),
        technical=_INQUIRY_TECHNICAL,
        link=("inquiry_record", _("Withdraw or erase a question")),
    )


_INQUIRY_ITEMS = (
    Item(_("your name and your media outlet"), _of("press.Inquiry", "name", "outlet")),
    Item(
        _("your e-mail address, the number you give us, how you want to be reached and what makes that safe"),
        _of("press.Inquiry", "email", "phone", "contact_method", "contact_note"),
    ),
    Item(_("your deadline and your time zone"), _of("press.Inquiry", "deadline", "time_zone")),
    Item(
        _(
            "your question with its topic, country and links, what you need, how you will use the answer, and "
            "its language"
        ),
        _of("press.Inquiry", "question", "topic", "country", "links", "kind", "attribution", "language"),
    ),
    Item(
        _("the reference, and when we received, first answered and closed your question"),
        _of(
            "press.Inquiry", "reference", "created_at", "first_response_at", "answered_at", "closed_at", "anonymized_at"
        ),
    ),
    Item(
        _("what we wrote or said to each other and by what means, and what our officers note and draft"),
        _of("press.InquiryMessage", "author", "at", "subject", "text", "channel", "is_incoming")
        | _of("press.InquiryNote", "author", "at", "text")
        | _of("press.InquiryDraft", "user", "content", "saved_at"),
    ),
    Item(
        _("what was published after your question, as far as our officers have found it"),
        _of("press.InquiryCoverage", "author", "at", "published_on", "outlet", "address", "note"),
    ),
    Item(
        _(
            "where your question stands: the desk and officer, releases on it, whether it repeats another or "
            "may be spam"
        ),
        _of("press.Inquiry", "state", "desk", "owner", "releases", "duplicate_of", "suspicion", "snoozed_until")
        | _of("press.InquiryPause", "began", "ended"),
    ),
    Item(
        _("which of our staff read or changed it or were told of it, and when"),
        _of("press.InquiryEvent", "at", "user", "kind", "from_state", "to_state", "detail")
        | _of("press.InquiryReading", "at", "user")
        | _of("press.SentNotice", "notice", "occasion", "at")
        | _of("press.Inquiry", "reminded_at"),
    ),
)
_INQUIRY_TECHNICAL = (
    _of("press.Inquiry", "id", "token_digest", "version", "proof_digest")
    | _of("press.InquiryMessage", "id", "inquiry", "message_id", "outgoing")
    | _of("press.InquiryNote", "id", "inquiry")
    | _of("press.InquiryDraft", "id", "inquiry", "action", "revision")
    | _of("press.InquiryCoverage", "id", "inquiry")
    | _of("press.SentNotice", "id", "inquiry")
    | _of("press.InquiryPause", "id", "inquiry")
    | _of("press.InquiryEvent", "id", "inquiry")
    | _of("press.InquiryReading", "id", "inquiry")
)
_SUBSCRIPTION = Record(
    title=_("When you receive press releases by e-mail"),
    items=(
        Item(
            _("your e-mail address, encrypted, with a scrambled form of it by which it is found again"),
            _of("press.Subscription", "email", "address_digest"),
        ),
        Item(_("the language and the topics that you chose"), _of("press.Subscription", "language", "topics")),
        Item(_("when you asked and when you confirmed"), _of("press.Subscription", "created_at", "confirmed_at")),
    ),
    kept=(
        _(
            "An address that is not confirmed within three days is deleted; a confirmed one when you end the "
            "subscription."
        ),
        _("Every message holds a link that ends it."),
    ),
    technical=_of("press.Subscription", "id", "key"),
)
_MAIL = Record(
    title=_("When we send you an e-mail"),
    items=(
        Item(_("your address and the text, encrypted, until the mail server has taken them"), _of(
            "mailing.OutgoingMessage", "content")),
        Item(
            _("for thirty days more: what the message was for, when it was sent and whether it was refused"),
            _of(
                "mailing.OutgoingMessage",
                "status", "about", "purpose", "created_at", "next_attempt_at", "settled_at", "last_failure",
            ),
        ),
    ),
    technical=_of("mailing.OutgoingMessage", "id", "message_id", "attempts", "claimed_until"),
)  # fmt: skip
