"""Which inquiries an officer sees, and in which order: by the working time left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Topic
from core.places.countries import country_choices
from press.forms.fields import western_digits
from press.hours.calendar import office_calendar
from press.hours.time_left import TimeLeft, Urgency, time_left
from press.hours.working_time import WorkingCalendar
from press.inquiries.correspondence import is_from_the_same
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.states import CLOSED, OPEN
from press.staffing.access import officers
from press.staffing.models.desk import Desk

from .undelivered import with_undelivered_mail

# What the names of desks and topics are read from.
NAMES = ("desk__texts", "topic__texts")

# How many inquiries, newest first, a search in encrypted text decrypts.
SEARCHED = 2000
OTHERS_SHOWN = 10
_REFERENCE = re.compile(r"(?:PR[\W_]*)?(?P<year>20\d\d)[\W_]*(?P<number>\d{1,9})", re.IGNORECASE)
_OPEN, _CLOSED, _ALL, _SNOOZED = "open", "closed", "all", "snoozed"
_MINE, _NOBODY = "me", "nobody"


class InboxForm(forms.Form):
    """The filters of the inbox. An invalid choice counts as none."""

    q = forms.CharField(
        label=_("Search"), required=False, max_length=200, widget=forms.SearchInput(attrs={"dir": "auto"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all open")),
            (_CLOSED, _("all closed")),
            (_ALL, _("all")),
            (_SNOOZED, _("put off")),
            *InquiryState.choices,
        ],
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    desk = forms.ModelChoiceField(Desk.objects.all(), label=_("Desk"), required=False, empty_label=_("any"))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("any")), *settings.LANGUAGES])
    topic = forms.ModelChoiceField(Topic.objects.all(), label=_("Topic"), required=False, empty_label=_("any"))
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        people = [(str(user.pk), str(user)) for user in officers()]
        self._field("owner").choices = [("", _("anybody")), (_MINE, _("me")), (_NOBODY, _("nobody")), *people]
        self._field("country").choices = [("", _("any")), *country_choices()]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def inquiries_for(chosen: dict[str, Any], user: User) -> QuerySet[Inquiry]:
    """Return the inquiries that the filters choose: open ones by deadline, then those whose clock is paused, closed
    ones last.

    A reference finds its inquiry in any state, whatever else is chosen.
    """
    named = _named(chosen.get("q", ""))
    if named.exists():
        return named.select_related("desk", "owner", "topic").prefetch_related(*NAMES)
    state = chosen.get("state", _OPEN)
    found = Inquiry.objects.all()
    if state != _ALL:
        states = {_OPEN: OPEN, _SNOOZED: OPEN, _CLOSED: CLOSED}.get(state, [state])
        found = found.filter(state__in=states)
    now = timezone.now()
    waits = Q(snoozed_until__gt=now, deadline__gt=now)
    if state in (_OPEN, _SNOOZED):
        found = found.filter(waits) if state == _SNOOZED else found.exclude(waits)
    owner = chosen.get("owner")
    if owner == _NOBODY:
        found = found.exclude(owner__in=officers())
    elif owner:
        found = found.filter(owner_id=user.pk if owner == _MINE else owner)
    found = found.filter(**{name: chosen[name] for name in ("desk", "language", "topic", "country") if name in chosen})
    if "q" in chosen:
        found = found.filter(_matching(found, chosen["q"]))
    turn = Case(
        When(state__in=CLOSED, then=Value(2)),
        When(state=InquiryState.WAITING_JOURNALIST, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return found.select_related("desk", "owner", "topic").prefetch_related(*NAMES).order_by(turn, "deadline", "pk")


def _named(text: str) -> QuerySet[Inquiry]:
    """Return the inquiry whose reference was typed, however it is written; none for anything else."""
    match = _REFERENCE.fullmatch(western_digits(text).strip())
    if match is None:
        return Inquiry.objects.none()
    return Inquiry.objects.filter(reference=f"PR-{match['year']}-{int(match['number']):04d}")


def _matching(inquiries: QuerySet[Inquiry], text: str) -> Q:
    """Return a condition for inquiries that match the text.

    The database searches reference and outlet; encrypted fields are decrypted here, and shown to nobody.
    """
    wanted = text.casefold()
    opened = inquiries.order_by("-created_at").values_list("pk", "name", "email", "question")[:SEARCHED]
    keys = [pk for pk, *texts in opened if any(wanted in (value or "").casefold() for value in texts)]
    return Q(reference__icontains=text) | Q(outlet__icontains=text) | Q(pk__in=keys)


def others_from(inquiry: Inquiry) -> list[Inquiry]:
    """Return the other inquiries from the address of this one that are still kept, newest first."""
    if not inquiry.email:
        return []
    kept = Inquiry.objects.filter(anonymized_at=None).exclude(pk=inquiry.pk).order_by("-created_at")
    opened = kept.only("pk", "reference", "state", "created_at", "email")[:SEARCHED]
    return [other for other in opened if is_from_the_same(other, inquiry)][:OTHERS_SHOWN]


@dataclass(frozen=True)
class Row:
    """An inquiry in a list. `owner`: its owner, None if they have left the desk. `is_undelivered`: whether a mail about
    it did not arrive, or may not have.
    """

    inquiry: Inquiry
    left: TimeLeft
    owner: User | None
    is_undelivered: bool


def rows_of(inquiries: Iterable[Inquiry]) -> list[Row]:
    calendar, shown = office_calendar(), list(inquiries)
    undelivered, at_work = with_undelivered_mail(shown), set(officers())
    return [
        Row(
            inquiry,
            time_left_of(inquiry, calendar),
            inquiry.owner if inquiry.owner in at_work else None,
            inquiry.pk in undelivered,
        )
        for inquiry in shown
    ]


def time_left_of(inquiry: Inquiry, calendar: WorkingCalendar) -> TimeLeft:
    if inquiry.state in CLOSED:
        return TimeLeft(Urgency.CLOSED, 0)
    if inquiry.state == InquiryState.WAITING_JOURNALIST:
        return TimeLeft(Urgency.PAUSED, 0)
    return time_left(calendar, inquiry.deadline, timezone.now())
