"""Actions on several inquiries at once: each in its own transaction, with its own history and refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.web.keys import key_in
from press.inquiries.correspondence import NobodyToAnswer
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.states import IllegalMove
from press.staffing.access import officers
from press.staffing.models.desk import Desk

from . import actions
from .forms import LONGEST_TEXT
from .moments import CairoMomentField

_REASONS = (InquiryState.ANSWERED, InquiryState.DECLINED)


class Act(TextChoices):
    """An action on all inquiries that are ticked."""

    TAKE = "take", gettext_lazy("take them")
    GIVE = "give", gettext_lazy("give them to the owner below")
    DESK = "desk", gettext_lazy("give them to the desk below")
    SNOOZE = "snooze", gettext_lazy("put them off until the time below")
    SPAM = "spam", gettext_lazy("mark them as spam")
    CLOSE = "close", gettext_lazy("close them, for the reason below")


# The field that each action needs, and the error if it is empty.
_NEEDS = {
    Act.GIVE: ("owner", gettext_lazy("Choose who gets them.")),
    Act.DESK: ("desk", gettext_lazy("Choose the desk that gets them.")),
    Act.SNOOZE: ("until", gettext_lazy("Enter the time until which they may wait.")),
    Act.CLOSE: ("reason", gettext_lazy("Say why they are closed.")),
}


class BulkForm(forms.Form):
    do = forms.ChoiceField(
        label=gettext_lazy("With those that are ticked"),
        choices=[("", gettext_lazy("Choose")), *Act.choices],
        error_messages={"required": gettext_lazy("Choose what to do.")},
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Owner"), required=False, empty_label="–")
    desk = forms.ModelChoiceField(Desk.objects.all(), label=gettext_lazy("Desk"), required=False, empty_label="–")
    until = CairoMomentField(label=gettext_lazy("Put off until, Cairo time"), required=False)
    then = forms.ChoiceField(label=gettext_lazy("Close as"), choices=[(to.value, to.label) for to in _REASONS])
    reason = forms.CharField(
        label=gettext_lazy("Reason, kept as an internal note"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="bulk")
        owner: Any = self.fields["owner"]
        owner.queryset = officers()
        self.fields["then"].required = False

    def clean(self) -> dict[str, Any]:
        needed = _NEEDS.get(self.cleaned_data.get("do", ""))
        if needed and not self.cleaned_data.get(needed[0]) and needed[0] not in self.errors:
            self.add_error(needed[0], needed[1])
        return self.cleaned_data

    def carry_out(self, ticked: Iterable[tuple[Inquiry, int]], by: User) -> tuple[int, list[str]]:
        """Apply the action to each inquiry, in the version that the officer saw.

        Return how many were done, and a sentence for each that was not.
        """
        act, done, refusals = self._act(by), 0, []
        for inquiry, version in ticked:
            try:
                self._check_open(inquiry)
                act(inquiry, version)
            except actions.ChangedMeanwhile:
                refusals.append(_("%(inquiry)s: somebody else has just changed it.") % {"inquiry": inquiry})
            except (IllegalMove, NobodyToAnswer, actions.NotPossible) as refusal:
                refusals.append(f"{inquiry}: {refusal}")
            else:
                done += 1
        return done, refusals

    def _check_open(self, inquiry: Inquiry) -> None:
        """Raise NotPossible if the inquiry is closed: press.inquiries.states says where it may go from there."""
        if inquiry.closed_at and self.cleaned_data["do"] in (Act.TAKE, Act.GIVE, Act.DESK):
            raise actions.NotPossible(_("It is closed. Open it again first."))

    def _act(self, by: User) -> Callable[[Inquiry, int], None]:
        typed = self.cleaned_data
        to = InquiryState(typed["then"] or InquiryState.DECLINED)
        acts: dict[str, Callable[[Inquiry, int], None]] = {
            Act.TAKE: lambda each, seen: actions.assign(each, seen, owner=by, desk=each.desk, by=by),
            Act.GIVE: lambda each, seen: actions.assign(each, seen, owner=typed["owner"], desk=each.desk, by=by),
            Act.DESK: lambda each, seen: actions.assign(each, seen, owner=each.owner, desk=typed["desk"], by=by),
            Act.SNOOZE: lambda each, seen: actions.snooze(each, seen, typed["until"], by=by),
            Act.SPAM: lambda each, seen: actions.change_state(each, seen, InquiryState.SPAM, by=by),
            Act.CLOSE: lambda each, seen: actions.close(each, seen, to, typed["reason"], by=by),
        }
        return acts[typed["do"]]


def ticked_in(values: Iterable[str]) -> list[tuple[Inquiry, int]]:
    """Return the inquiries that a form names as “key:version”, in the order in which they were received."""
    seen = {key_in(key): key_in(version) for key, _colon, version in (value.partition(":") for value in values)}
    found = Inquiry.objects.filter(pk__in=seen).select_related("desk", "owner").order_by("pk")
    return [(inquiry, seen[inquiry.pk]) for inquiry in found]
