"""Take in a press inquiry, and find it again for the journalist who has its secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.models import Topic
from press.forms.proof_of_work import digest_of, is_asked_for, is_proof
from press.forms.spam import Suspicion, suspicion_of
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import Channel, EventKind, InquiryEvent
from press.staffing.routing import desk_for

from .mails import acknowledge, announce

if TYPE_CHECKING:
    from accounts.models import User

_SECRET_BYTES = 15
_GROUP = 4


@dataclass(frozen=True)
class Submission:
    """What a journalist has sent, checked by the form.

    `topic`: a topic's slug. `country`: ISO 3166-1 alpha-3. Either may be empty.
    """

    name: str
    outlet: str
    email: str
    phone: str
    contact_method: str
    contact_note: str
    deadline: datetime
    time_zone: str
    language: str
    topic: str
    country: str
    kind: str
    question: str
    links: str
    attribution: str


@dataclass(frozen=True)
class Received:
    """A stored inquiry, and the secret that only the journalist has: the site keeps only its hash."""

    inquiry: Inquiry
    secret: str


def receive_inquiry(submission: Submission, stamp: str, proof: str = "") -> Received:
    """Store an inquiry with its reference, and the mails about it in the outbox, all or nothing.

    The same submission of the same form (`stamp`) is the same inquiry, with the same reference and secret, whatever
    `proof` of work comes with it. If a proof is required, an inquiry without one may be spam.
    """
    secret = _secret_of(submission, stamp)
    digest = _digest(secret)
    known = Inquiry.objects.filter(token_digest=digest).first()
    if known is None:
        try:
            known = _take_in(submission, secret, _unused_proof(stamp, proof))
        except IntegrityError:  # the same, or another with the same proof, came at the same moment
            known = Inquiry.objects.filter(token_digest=digest).first() or _take_in(submission, secret, None)
    return Received(known, secret)


@transaction.atomic
def take_down(
    submission: Submission, stamp: str, *, channel: Channel, at: datetime, by: User
) -> tuple[Inquiry, bool]:  # fmt: skip
    """Store an inquiry that reached an officer at that moment by another way than the form; return it, and whether it
    is new.

    The same submission of the same form is the same inquiry. Its sender gets reference and secret by mail if possible.
    """
    secret = _secret_of(submission, stamp)
    known = Inquiry.objects.filter(token_digest=_digest(secret)).first()
    if known is not None:
        return known, False
    inquiry = _store(submission, created_at=at, token_digest=_digest(secret))
    InquiryEvent.objects.create(inquiry=inquiry, at=at, user=by, kind=EventKind.RECEIVED, detail={"channel": channel})
    if inquiry.email:
        acknowledge(inquiry, secret, at=timezone.now())
    return inquiry, True


def find_inquiry(reference: str, secret: str) -> Inquiry | None:
    """Return the inquiry with this reference if the secret is its own. Blanks, hyphens and capitals do not matter."""
    plain = re.sub(r"[\s\u2010-\u2015-]", "", secret).upper()
    groups = "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))
    inquiry = Inquiry.objects.filter(reference=reference.strip().upper()).first()
    return inquiry if inquiry and hmac.compare_digest(inquiry.token_digest or "", _digest(groups)) else None


def reissue(inquiry: Inquiry) -> None:
    """Mail the journalist another secret; the one before, which may be in a stranger's mailbox, becomes invalid.

    Lock the inquiry first.
    """
    secret = _in_groups(secrets.token_bytes(_SECRET_BYTES))
    inquiry.token_digest = _digest(secret)
    inquiry.save(update_fields=["token_digest"])
    acknowledge(inquiry, secret, at=timezone.now())


def _unused_proof(stamp: str, proof: str) -> str | None:
    """Return the digest of a proof of work that no inquiry has used yet; None if there is none or none is required."""
    if not is_asked_for() or not is_proof(stamp, proof):
        return None
    digest = digest_of(stamp, proof)
    return None if Inquiry.objects.filter(proof_digest=digest).exists() else digest


@transaction.atomic
def _take_in(submission: Submission, secret: str, proof_digest: str | None) -> Inquiry:
    suspicion = suspicion_of(name=submission.name, outlet=submission.outlet, question=submission.question)
    if suspicion is None and is_asked_for() and proof_digest is None:
        suspicion = Suspicion.NO_PROOF
    inquiry = _store(submission, token_digest=_digest(secret), proof_digest=proof_digest, suspicion=suspicion or "")
    InquiryEvent.objects.create(inquiry=inquiry, at=inquiry.created_at, kind=EventKind.RECEIVED)
    announce(inquiry)
    acknowledge(inquiry, secret)
    return inquiry


def _store(submission: Submission, **more: Any) -> Inquiry:
    """Store an inquiry with its reference, at the desk that the rules name."""
    values = asdict(submission)
    topic = Topic.objects.filter(slug=values.pop("topic")).first()
    desk = desk_for(topic_id=topic.pk if topic else None, language=submission.language, country=submission.country)
    inquiry = Inquiry.objects.create(**values, **more, topic=topic, desk=desk)
    inquiry.reference = f"PR-{timezone.localtime(inquiry.created_at).year}-{inquiry.pk:04d}"
    inquiry.save(update_fields=["reference"])
    return inquiry


def _secret_of(submission: Submission, stamp: str) -> str:
    """Return a secret that nobody can guess, the same whenever the same form is sent again: 120 bits, in groups of four
    characters.
    """
    sent = json.dumps([stamp, asdict(submission)], default=str, sort_keys=True)
    return _in_groups(salted_hmac("press.inquiry.secret", sent, algorithm="sha256").digest()[:_SECRET_BYTES])


def _in_groups(code: bytes) -> str:
    text = base64.b32encode(code).decode()
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
