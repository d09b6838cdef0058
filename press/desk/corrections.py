"""Correct what a journalist has typed wrongly, and record it in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from mailing.outbox import readdress_messages
from press.inquiries.correspondence import PURPOSES, why_not_mailed
from press.inquiries.intake import reissue
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import EventKind, InquiryNote

from .actions import check_kept, locked, record, save

# Fields whose values the history may show: they say nothing about the sender.
_NAMED = ("language", "deadline", "topic", "country", "contact_method")
FIELDS = ("email", "phone", *_NAMED)


@transaction.atomic
def correct(inquiry: Inquiry, version: int, values: dict[str, Any], *, by: User) -> None:
    """Store other values of FIELDS.

    Personal values that are replaced are kept in a note, which is deleted with the inquiry. Mail that has not arrived
    goes to the new address. If the journalist's secret went to the old address, they get another, and the old secret
    becomes invalid. Raise ChangedMeanwhile, or NobodyToAnswer for an inquiry that was erased.
    """
    stored = locked(inquiry, version)
    check_kept(stored)
    changed = [name for name in FIELDS if name in values and getattr(stored, name) != values[name]]
    if not changed:
        return
    before = {name: getattr(stored, name) for name in changed}
    for name in changed:
        setattr(stored, name, values[name])
    detail = {name: [_code(before[name]), _code(values[name])] for name in changed if name in _NAMED}
    record(stored, EventKind.EDITED, by, fields=changed, values=detail)
    save(stored, *changed)
    _keep_in_note(stored, {name: before[name] for name in changed if name not in _NAMED and before[name]}, by)
    if "email" in changed and not why_not_mailed(stored):
        redirected = readdress_messages(stored.about, PURPOSES, stored.email)
        if "inquiry-acknowledgement" not in redirected:
            reissue(stored)


def _keep_in_note(inquiry: Inquiry, before: dict[str, str], by: User) -> None:
    lines = [
        _("%(field)s until now: %(value)s") % {"field": Inquiry._meta.get_field(name).verbose_name, "value": value}  # type: ignore[union-attr]
        for name, value in before.items()
    ]
    if lines:
        InquiryNote.objects.create(inquiry=inquiry, author=by, text="\n".join(lines))


def _code(value: Any) -> str:
    """Return a value as the history shows it; moments are in the office's time."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "")
