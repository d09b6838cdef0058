"""Forms for what officers say to a journalist, record as said, and correct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Topic
from core.places.countries import country_choices
from press.forms.fields import EmailField, LineField
from press.inquiries.correspondence import is_from_the_same, unanswered_duplicates
from press.inquiries.models.inquiry import ContactMethod, Inquiry, InquiryState
from press.inquiries.models.records import CannedReply, Channel, InquiryMessage
from press.inquiries.states import moves_for_staff

from . import actions
from .corrections import correct
from .forms import LONGEST_TEXT, InquiryActionForm
from .moments import CairoMomentField

_LEAVE = ("", _("leave the state as it is"))


class FollowedByState(InquiryActionForm):
    """A form after which the inquiry may go to another state. Any state is accepted, so that a conflict with a
    colleague is reported first; press.inquiries.states refuses those that are not allowed.
    """

    offered: tuple[InquiryState, ...] = ()
    then = forms.ChoiceField(label=_("Afterwards"), required=False, choices=[*InquiryState.choices, _LEAVE])

    def offer_states(self) -> None:
        may = moves_for_staff(self.inquiry.state)
        field: Any = self.fields["then"]
        field.widget.choices = [*((to.value, to.label) for to in self.offered if to in may), _LEAVE]
        field.initial = field.widget.choices[0][0]

    @property
    def state_afterwards(self) -> InquiryState | None:
        return InquiryState(self.cleaned_data["then"]) if self.cleaned_data["then"] else None


class ReplyForm(FollowedByState):
    action = "reply"
    keeps = True
    done = _("The reply is on its way.")
    offered = (InquiryState.ANSWERED, InquiryState.WAITING_JOURNALIST, InquiryState.DECLINED)
    canned = forms.ModelChoiceField(
        CannedReply.objects.none(), label=_("Canned reply"), required=False, empty_label=_("none")
    )
    text = forms.CharField(
        label=_("Reply"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={"required": _("Write the reply first.")},
    )
    copies = forms.ModelMultipleChoiceField(
        Inquiry.objects.none(),
        label=_("Also to those who asked the same"),
        help_text=_("Name nobody in the text, and nothing that only one of them may know."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["canned", "text", "copies", "then"]

    def __init__(
        self, data: Any = None, *, inquiry: Inquiry, version: int = 0, initial: dict[str, Any] | None = None
    ) -> None:
        asked_too = unanswered_duplicates(inquiry)
        start = {"copies": [each.pk for each in asked_too]} | (initial or {})
        super().__init__(data, inquiry=inquiry, version=version, initial=start)
        fields: Any = self.fields
        fields["canned"].queryset = CannedReply.objects.filter(language=inquiry.language)
        fields["copies"].queryset = Inquiry.objects.filter(pk__in=[each.pk for each in asked_too])
        fields["copies"].label_from_instance = lambda each: f"{each.reference} – {each.outlet} ({each.language})"
        if not asked_too:
            del fields["copies"]
        self.offer_states()

    def holds_something(self) -> bool:
        return bool(self.data.get(self.add_prefix("text"), "").strip())

    def carry_out(self, by: User) -> None:
        typed = self.cleaned_data
        copies = typed.get("copies") or ()
        actions.reply(self.inquiry, self.version, typed["text"], then=self.state_afterwards, by=by, copies=copies)

    def with_canned_reply(self, by: User) -> ReplyForm:
        """Return the same form, unbound, with the chosen canned reply after what was typed already."""
        field: Any = self.fields["canned"]
        chosen = [reply for reply in field.queryset if str(reply.pk) == self.data.get(self.add_prefix("canned"))]
        parts = [
            self.data.get(self.add_prefix("text"), "").strip(),
            *(reply.text_for(self.inquiry, officer=str(by)) for reply in chosen),
        ]
        initial: dict[str, Any] = {"text": "\n\n".join(filter(None, parts))}
        data: Any = self.data
        initial["then"] = data.get(self.add_prefix("then"), "")
        if "copies" in self.fields:
            initial["copies"] = data.getlist(self.add_prefix("copies"))
        return ReplyForm(inquiry=self.inquiry, initial=initial)


class RecordForm(FollowedByState):
    """Records something said by telephone or received by mail."""

    action = "record"
    keeps = True
    done = _("It stands in the thread now.")
    offered = (
        InquiryState.ASSIGNED,
        InquiryState.ANSWERED,
        InquiryState.WAITING_JOURNALIST,
        InquiryState.DECLINED,
    )
    who = forms.ChoiceField(
        label=_("Who said it"), choices=[("journalist", _("the journalist")), ("office", _("one of us"))]
    )
    channel = forms.ChoiceField(label=_("By what means"), choices=Channel.choices)
    text = forms.CharField(
        label=_("What was said"),
        max_length=LONGEST_TEXT,
        help_text=_("Paste the journalist’s e-mail, or write what was said."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write what was said first.")},
    )
    field_order = ["who", "channel", "text", "then"]

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        super().__init__(data, inquiry=inquiry, version=version)
        self.offer_states()
        if inquiry.state != InquiryState.WAITING_JOURNALIST:
            self.fields["then"].initial = ""

    def holds_something(self) -> bool:
        return bool(self.data.get(self.add_prefix("text"), "").strip())

    def carry_out(self, by: User) -> None:
        typed = self.cleaned_data
        said = actions.Said(typed["text"], Channel(typed["channel"]), is_incoming=typed["who"] == "journalist")
        actions.record_message(self.inquiry, self.version, said, then=self.state_afterwards, by=by)


class CorrectForm(InquiryActionForm):
    action = "correct"
    keeps = True
    email = EmailField(show_hidden_initial=True)
    phone = LineField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        show_hidden_initial=True,
    )
    contact_method = forms.ChoiceField(label=_("How to reach"), choices=ContactMethod.choices, show_hidden_initial=True)
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=settings.LANGUAGES, show_hidden_initial=True
    )
    deadline = CairoMomentField(label=_("Deadline, Cairo time"), show_hidden_initial=True)
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False, empty_label="–", show_hidden_initial=True
    )
    country = forms.ChoiceField(label=_("Country"), required=False, show_hidden_initial=True)

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        initial = {name: getattr(inquiry, name) for name in self.base_fields if name != "topic"}
        initial["topic"] = inquiry.topic_id
        initial["deadline"] = inquiry.deadline.replace(second=0, microsecond=0)
        super().__init__(data, inquiry=inquiry, version=version, initial=initial)
        # Someone who telephoned may have given none.
        self.fields["email"].required = bool(inquiry.email)
        country: Any = self.fields["country"]
        country.choices = [("", "–"), *country_choices()]

    def carry_out(self, by: User) -> None:
        # Unchanged values keep their seconds.
        correct(self.inquiry, self.version, {name: self.cleaned_data[name] for name in self.changed_data}, by=by)


class MergeForm(InquiryActionForm):
    """Closes a duplicate. `answer` is required if the original has been answered: only its sender has the answer."""

    action = "merge"
    keeps = True
    reference = forms.CharField(
        label=_("Reference of the other inquiry"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "PR-2026-0001"}),
        error_messages={"required": _("Enter the reference of the inquiry that this one repeats.")},
    )
    answer = forms.CharField(
        label=_("The answer for this journalist"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        super().__init__(data, inquiry=inquiry, version=version)
        if self.add_prefix("answer") not in (data or {}):
            self.fields["answer"].widget = forms.HiddenInput()

    def clean_reference(self) -> Inquiry:
        """Return the inquiry that this one repeats."""
        reference = self.cleaned_data["reference"].strip().upper()
        original = Inquiry.objects.filter(reference=reference).exclude(pk=self.inquiry.pk).first()
        if original is None:
            raise forms.ValidationError(_("There is no other inquiry with this reference."))
        if original.state == InquiryState.DUPLICATE:
            raise forms.ValidationError(_("That inquiry is a duplicate itself. Enter the reference of its original."))
        if original.anonymized_at or original.state in (InquiryState.WITHDRAWN, InquiryState.SPAM, InquiryState.LAPSED):
            raise forms.ValidationError(_("Nobody answers that inquiry any more. Answer this one by itself."))
        return original

    def clean(self) -> dict[str, Any]:
        """Ask once for the answer that the original has had, shown for review before it goes out."""
        original, typed = self.cleaned_data.get("reference"), self.cleaned_data.get("answer", "").strip()
        if original is None or typed or not self._needs_answer(original):
            return self.cleaned_data
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("answer")] = _last_answer(original)
        self.fields["answer"].widget = forms.Textarea(attrs={"rows": 8, "dir": "auto"})
        raise forms.ValidationError(
            _(
                "That inquiry has been answered already, and this journalist has not had the answer. Look over it "
                "below: name nobody, and nothing that only the other may know. Press “Merge” again to send it."
            )
        )

    def _needs_answer(self, original: Inquiry) -> bool:
        return original.state == InquiryState.ANSWERED and not is_from_the_same(original, self.inquiry)

    def carry_out(self, by: User) -> None:
        original = self.cleaned_data["reference"]
        answer = self.cleaned_data["answer"].strip() if self._needs_answer(original) else ""
        actions.merge(self.inquiry, self.version, original, answer=answer, by=by)


def _last_answer(original: Inquiry) -> str:
    said = InquiryMessage.objects.filter(inquiry=original, is_incoming=False, author__isnull=False)
    last = said.order_by("-at", "-pk").first()
    return last.text if last else ""
