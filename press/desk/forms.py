"""What officers do on the page of an inquiry, except what is said to the journalist (press.desk.mail_forms).

All forms of the page are one HTML form, so that whatever is typed arrives, whichever button is pressed; what was not
sent is kept as a draft (press.desk.drafts). A prefix, the name of its action, distinguishes the fields of each form.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mailing.models import OutgoingMessage
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.releases.page import PressReleasePage
from press.staffing.access import officers
from press.staffing.models.desk import Desk

from . import actions
from .moments import CairoMomentField

LONGEST_TEXT = 20_000


class InquiryActionForm(forms.Form):
    """Something that an officer does with one inquiry.

    `action`: its name. `argument`: the field that the button itself fills in, if any. `done`: what the page says
    afterwards. `keeps`: whether what is typed is kept as a draft. `version`: the version of the inquiry that the
    officer saw.
    """

    action: ClassVar[str]
    argument: ClassVar[str] = ""
    done: str | Promise = _("Saved.")
    keeps: ClassVar[bool] = False

    def __init__(
        self, data: Any = None, *, inquiry: Inquiry, version: int = 0, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, prefix=self.action, auto_id="id_%s")
        self.inquiry, self.version = inquiry, version
        self.is_draft = False

    @property
    def errors(self) -> ErrorDict:
        """The form's errors. A draft is not finished, so nothing is wrong with it."""
        return ErrorDict() if self.is_draft else super().errors

    def holds_something(self) -> bool:
        """Return whether something was typed that would be lost."""
        return self.has_changed()

    def carry_out(self, by: User) -> None:
        """Do what was typed, once it is valid. Raise what press.desk.actions raises."""
        raise NotImplementedError


class StateForm(InquiryActionForm):
    """Accepts any state; press.inquiries.states refuses those that are not allowed."""

    action = "state"
    argument = "to"
    to = forms.ChoiceField(choices=InquiryState.choices)

    def carry_out(self, by: User) -> None:
        actions.change_state(self.inquiry, self.version, InquiryState(self.cleaned_data["to"]), by=by)


class TrustForm(InquiryActionForm):
    action = "trust"

    def carry_out(self, by: User) -> None:
        actions.trust(self.inquiry, self.version, by=by)


class TakeForm(InquiryActionForm):
    """Gives the inquiry to the officer, whoever owned it before."""

    action = "take"

    def carry_out(self, by: User) -> None:
        actions.assign(self.inquiry, self.version, owner=by, desk=self.inquiry.desk, by=by)


class AssignForm(InquiryActionForm):
    action = "assign"
    keeps = True
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody"), show_hidden_initial=True
    )
    desk = forms.ModelChoiceField(
        Desk.objects.all(), label=_("Desk"), required=False, empty_label=_("none"), show_hidden_initial=True
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        initial = {"owner": inquiry.owner_id, "desk": inquiry.desk_id}
        super().__init__(data, inquiry=inquiry, version=version, initial=initial)
        owner: Any = self.fields["owner"]
        owner.queryset = officers()

    def carry_out(self, by: User) -> None:
        typed = self.cleaned_data
        actions.assign(self.inquiry, self.version, owner=typed["owner"], desk=typed["desk"], by=by)


class NoteForm(InquiryActionForm):
    action = "note"
    keeps = True
    text = forms.CharField(
        label=_("Internal note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note first.")},
    )

    def carry_out(self, by: User) -> None:
        actions.write_note(self.inquiry, self.cleaned_data["text"], by=by)


class ResendForm(InquiryActionForm):
    action = "resend"
    argument = "message"
    done = _("The mail is on its way again.")
    message = forms.ModelChoiceField(OutgoingMessage.objects.none())

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        super().__init__(data, inquiry=inquiry, version=version)
        field: Any = self.fields["message"]
        field.queryset = OutgoingMessage.objects.filter(about=inquiry.about)

    def carry_out(self, by: User) -> None:
        actions.resend(self.inquiry, self.cleaned_data["message"], by=by)


class SnoozeForm(InquiryActionForm):
    action = "snooze"
    keeps = True
    done = _("Put off. It comes back by itself.")
    until = CairoMomentField(
        label=_("Put off until, Cairo time"),
        help_text=_("Out of the inbox until then; the person responsible is told when it is back."),
        error_messages={"required": _("Enter the time until which it may wait.")},
    )

    def carry_out(self, by: User) -> None:
        actions.snooze(self.inquiry, self.version, self.cleaned_data["until"], by=by)


class ReleasesForm(InquiryActionForm):
    action = "releases"
    keeps = True
    releases = forms.ModelMultipleChoiceField(
        PressReleasePage.objects.none(),
        label=_("Press releases"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True,
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        linked = list(inquiry.releases.values_list("pk", flat=True))
        super().__init__(data, inquiry=inquiry, version=version, initial={"releases": linked})
        field: Any = self.fields["releases"]
        newest = PressReleasePage.objects.live().filter(locale__language_code=inquiry.language, alias_of=None)
        shown = [*newest.order_by("-date").values_list("pk", flat=True)[:20], *linked]
        field.queryset = PressReleasePage.objects.filter(pk__in=shown).order_by("-date", "title")

    def carry_out(self, by: User) -> None:
        actions.link_releases(self.inquiry, self.version, self.cleaned_data["releases"], by=by)
