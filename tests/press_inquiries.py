"""Creates inquiries of journalists, and the data that the form sends for one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest import mock

from django.utils import timezone

from mailing.models import OutgoingMessage
from press.forms.spam import new_stamp
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.page import InquiryPage

TYPED = {
    "name": "Leïla Haddad",
    "outlet": "وكالة الأنباء",
    "email": "leila@example.org",
    "phone": "+961 1 234 567",
    "contact_method": "signal",
    "contact_note": "Only after sunset",
    "deadline_date": "2031-11-30",
    "deadline_time": "16:00",
    "time_zone": "Africa/Cairo",
    "language": "en",
    "topic": "general",
    "country": "LBN",
    "kind": "data",
    "question": "How many?\nSince when?",
    "links": "https://example.org/report",
    "attribution": "background",
    "consent": "on",
}
# Parts of the inquiry that only the press officers may ever see.
PERSONAL = ("Haddad", "leila@example.org", "+961 1 234 567", "after sunset", "How many?", "example.org/report")


def make_inquiry(number: int = 1, **fields: Any) -> Inquiry:
    """Create an inquiry in the database, for tests of the press desk."""
    usual = {
        "reference": f"PR-2026-{number:04d}",
        "token_digest": f"digest {number}",
        "name": "Leïla Haddad",
        "outlet": "=Agence",
        "email": "leila@example.org",
        "phone": "+20 2 2736 5140",
        "language": "en",
        "deadline": timezone.now() + timedelta(days=10),
        "question": "How many?",
    }
    return Inquiry.objects.create(**usual | fields)


def address(language: str) -> str:
    return str(InquiryPage.objects.get(locale__language_code=language).url)


@contextmanager
def ago(age: timedelta) -> Iterator[None]:
    """Create stamps with a time this long ago."""
    moment = time.time() - age.total_seconds()
    with mock.patch("django.core.signing.time.time", return_value=moment):
        yield


def stamp(age: timedelta = timedelta(minutes=5)) -> str:
    with ago(age):
        return new_stamp()


def typed(**other: str) -> dict[str, str]:
    """Return the data of a completed form that was opened five minutes ago."""
    return TYPED | {"stamp": stamp()} | other


def secret_in(response: Any) -> str:
    found = re.search(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", response.content.decode())
    assert found, "the confirmation shows no secret code"
    return found[0]


def queued(purpose: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(purpose=purpose, created_at__lte=timezone.now()).order_by("pk"))
