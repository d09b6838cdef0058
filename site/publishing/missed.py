"""Contents that were due but could not be published: staff see them on the admin home page and get a mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.models import User
from core.content_types.builder import absolute_url
from core.languages.declared import reader_language
from core.publication.contents import pages_of

from . import staff_mail
from .models import MissedPublication
from .together import due_contents, refusals_of


def remember(content_id: UUID, failure: str = "") -> None:
    """Record that a content could not be published. The staff concerned get one mail, not one per attempt."""
    with transaction.atomic():
        values = {"tried_at": timezone.now(), "failure": failure}
        missed, is_new = MissedPublication.objects.update_or_create(content_id=content_id, defaults=values)
        if is_new:
            about = f"publishing.missed:{missed.pk}"
            staff_mail.tell(_concerned(content_id), "missed_publication", lambda: _context(missed), about=about)


def forget_settled() -> int:
    """Delete the records of contents that are published by now or no longer scheduled; return how many there were."""
    missed = MissedPublication.objects.all()
    return missed.exclude(content_id__in=due_contents()).delete()[0] if missed.exists() else 0


def missed_contents() -> list[dict[str, Any]]:
    """Return the contents that could not be published, in the form of `described`, the longest overdue first."""
    due = set(due_contents())
    found = MissedPublication.objects.filter(content_id__in=due).order_by("since")
    return [described(missed) for missed in found]


def described(missed: MissedPublication) -> dict[str, Any]:
    """Return facts for staff: since when, why, all pages, and the one in the reader's language or else the first."""
    pages = list(pages_of(missed.content_id))
    return {
        "since": missed.since,
        "page": next((page for page in pages if page.locale.language_code == reader_language()), pages[0]),
        "pages": pages,
        "failure": missed.failure,
        "refusals": refusals_of(missed.content_id),
    }


def _concerned(content_id: UUID) -> Iterable[User]:
    """Return those who scheduled the content or, if none of them can be reached, all communications staff."""
    pages = pages_of(content_id).order_by().values("pk")
    entries = PageLogEntry.objects.filter(page__in=pages, action="wagtail.publish.schedule")
    return staff_mail.those_of(entries.values("user"))


def _context(missed: MissedPublication) -> dict[str, Any]:
    context = described(missed)
    context["address"] = absolute_url(reverse("content_schedule", args=[context["page"].pk]))
    return context
