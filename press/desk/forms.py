"""What officers type on the page of an inquiry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mailing.models import OutgoingMessage
from press.inquiry_states import moves_for_staff
from press.models import CannedReply, Desk, Inquiry, InquiryState, PressReleasePage

from .access import officers

LONGEST_TEXT = 20_000


class InquiryActionForm(forms.Form):
    """A form about one inquiry; `version`: the inquiry as the officer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, inquiry: Inquiry, initial: dict[str, Any] | None = None) -> None:
        first = {"version": inquiry.version} | (initial or {})
        super().__init__(data, initial=first, auto_id=f"id_{type(self).__name__}_%s")
        self.inquiry = inquiry


class StateForm(InquiryActionForm):
    """Any state is understood; press.inquiry_states refuses those that may not be."""

    to = forms.ChoiceField(choices=InquiryState.choices)


class AssignForm(InquiryActionForm):
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody"))
    desk = forms.ModelChoiceField(Desk.objects.all(), label=_("Desk"), required=False, empty_label=_("none"))

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, inquiry=inquiry, initial={"owner": inquiry.owner_id, "desk": inquiry.desk_id})
        owner: Any = self.fields["owner"]
        owner.queryset = officers()
        owner.label_from_instance = lambda user: user.get_full_name() or user.username


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Internal note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write the note first.")},
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data, auto_id="id_NoteForm_%s")


class ReplyForm(InquiryActionForm):
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


class ResendForm(forms.Form):
    message = forms.ModelChoiceField(OutgoingMessage.objects.none())

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        super().__init__(data)
        field: Any = self.fields["message"]
        field.queryset = OutgoingMessage.objects.filter(about=inquiry.about)


class ReleasesForm(InquiryActionForm):
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


class MergeForm(InquiryActionForm):
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
