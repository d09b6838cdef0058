"""What officers type on the page of an inquiry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mailing.models import OutgoingMessage
from press.inquiry_states import moves_for_staff
from press.models import CannedReply, Desk, Inquiry, InquiryState, PressReleasePage

from . import work
from .access import officers

LONGEST_TEXT = 20_000


class InquiryActionForm(forms.Form):
    """Something that an officer does about one inquiry. `done`: what the page says afterwards."""

    done: str | Promise = _("Saved.")

    def __init__(self, data: Any = None, *, inquiry: Inquiry, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{type(self).__name__}_%s")
        self.inquiry = inquiry

    def carry_out(self, by: User) -> None:
        """Do what was typed, once it is valid. Raises what press.desk.work raises."""
        raise NotImplementedError


class VersionedForm(InquiryActionForm):
    """For what others may be changing too; `version`: the inquiry as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, inquiry: Inquiry, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, inquiry=inquiry, initial={"version": inquiry.version} | (initial or {}))

    @property
    def seen(self) -> int:
        return int(self.cleaned_data["version"])


class StateForm(VersionedForm):
    """Any state is understood; press.inquiry_states refuses those that may not be."""

    to = forms.ChoiceField(choices=InquiryState.choices)

    def carry_out(self, by: User) -> None:
        work.change_state(self.inquiry, self.seen, InquiryState(self.cleaned_data["to"]), by=by)


class TrustForm(VersionedForm):
    def carry_out(self, by: User) -> None:
        work.trust(self.inquiry, self.seen, by=by)


class AssignForm(VersionedForm):
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody"))
    desk = forms.ModelChoiceField(Desk.objects.all(), label=_("Desk"), required=False, empty_label=_("none"))

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, inquiry=inquiry, initial={"owner": inquiry.owner_id, "desk": inquiry.desk_id})
        owner: Any = self.fields["owner"]
        owner.queryset = officers()
        owner.label_from_instance = lambda user: user.get_full_name() or user.username

    def carry_out(self, by: User) -> None:
        typed = self.cleaned_data
        work.assign(self.inquiry, self.seen, owner=typed["owner"], desk=typed["desk"], by=by)


class NoteForm(InquiryActionForm):
    text = forms.CharField(
        label=_("Internal note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note first.")},
    )

    def carry_out(self, by: User) -> None:
        work.write_note(self.inquiry, self.cleaned_data["text"], by=by)


class ReplyForm(VersionedForm):
    done = _("The reply is on its way.")
    canned = forms.ModelChoiceField(
        CannedReply.objects.none(), label=_("Canned reply"), required=False, empty_label=_("none")
    )
    text = forms.CharField(
        label=_("Reply"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the reply first.")},
    )
    then = forms.ChoiceField(label=_("After sending"), required=False)

    def __init__(self, data: Any = None, *, inquiry: Inquiry, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, inquiry=inquiry, initial=initial)
        fields: Any = self.fields
        fields["canned"].queryset = CannedReply.objects.filter(language=inquiry.language)
        may = moves_for_staff(inquiry.state)
        then = [to for to in (InquiryState.ANSWERED, InquiryState.WAITING_JOURNALIST) if to in may]
        fields["then"].choices = [*((to.value, to.label) for to in then), ("", _("leave the state as it is"))]
        fields["then"].initial = fields["then"].choices[0][0]

    def carry_out(self, by: User) -> None:
        then = InquiryState(self.cleaned_data["then"]) if self.cleaned_data["then"] else None
        work.reply(self.inquiry, self.seen, self.cleaned_data["text"], then=then, by=by)

    def with_canned_reply(self) -> ReplyForm:
        """The same form, unbound, with the chosen canned reply after what was typed already."""
        field: Any = self.fields["canned"]
        chosen = [reply for reply in field.queryset if str(reply.pk) == self.data.get("canned")]
        parts = [self.data.get("text", "").strip(), *(reply.text for reply in chosen)]
        initial = {
            "text": "\n\n".join(filter(None, parts)),
            "then": self.data.get("then", ""),
            "version": self.data.get("version", ""),
        }
        return ReplyForm(inquiry=self.inquiry, initial=initial)


class ResendForm(InquiryActionForm):
    done = _("The mail is on its way again.")
    message = forms.ModelChoiceField(OutgoingMessage.objects.none())

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, inquiry=inquiry)
        field: Any = self.fields["message"]
        field.queryset = OutgoingMessage.objects.filter(about=inquiry.about)

    def carry_out(self, by: User) -> None:
        work.resend(self.inquiry, self.cleaned_data["message"], by=by)


class ReleasesForm(VersionedForm):
    releases = forms.ModelMultipleChoiceField(
        PressReleasePage.objects.live().filter(alias_of=None).order_by("-date", "title"),
        label=_("Press releases"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, inquiry=inquiry, initial={"releases": inquiry.releases.all()})
        field: Any = self.fields["releases"]
        newest = PressReleasePage.objects.live().filter(locale__language_code=inquiry.language, alias_of=None)
        shown = [
            *newest.order_by("-date").values_list("pk", flat=True)[:20],
            *inquiry.releases.values_list("pk", flat=True),
        ]
        field.queryset = PressReleasePage.objects.filter(pk__in=shown).order_by("-date", "title")

    def carry_out(self, by: User) -> None:
        work.link_releases(self.inquiry, self.seen, self.cleaned_data["releases"], by=by)


class MergeForm(VersionedForm):
    reference = forms.CharField(
        label=_("Reference of the other inquiry"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "PR-2026-0001"}),
        error_messages={"required": _("Enter the reference of the inquiry that this one repeats.")},
    )

    def clean_reference(self) -> Inquiry:
        """The inquiry that this one repeats."""
        reference = self.cleaned_data["reference"].strip().upper()
        original = Inquiry.objects.filter(reference=reference).exclude(pk=self.inquiry.pk).first()
        if original is None:
            raise forms.ValidationError(_("There is no other inquiry with this reference."))
        if original.state == InquiryState.DUPLICATE:
            raise forms.ValidationError(_("That inquiry is a duplicate itself. Enter the reference of its original."))
        return original

    def carry_out(self, by: User) -> None:
        work.merge(self.inquiry, self.seen, self.cleaned_data["reference"], by=by)
