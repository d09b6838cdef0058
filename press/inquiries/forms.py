"""The form for press inquiries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.languages.declared import reader_language
from core.languages.marked_select import MarkedSelect, native_name_choices
from core.models import Topic
from core.places.countries import region_choices
from core.places.time_zones import zone_choices
from press.forms.base import PressForm
from press.forms.fields import DateField, EmailField, LineField, TextField, TimeField
from press.inquiries.models.inquiry import Attribution, ContactMethod, InquiryKind

from .deadlines import deadline_at

QUESTION_LENGTH = 10_000
GENERAL = "general"


def topic_choices() -> list[tuple[str, str]]:
    """Return the topics that the office works on, by name in the reader's language, and a choice for any other."""
    topics = sorted((str(topic), topic.slug) for topic in Topic.objects.all())
    return [("", str(_("Choose"))), *((slug, name) for name, slug in topics), (GENERAL, str(_("Another topic")))]


def _countries() -> list[tuple[str, str]]:
    return [("", str(_("None of these, or several"))), *region_choices()]


class InquiryForm(PressForm):
    """Asks the browser to remember nothing of it (docs/decisions/0019-press-desk-promises.md)."""

    name = LineField(
        label=_("Your name"),
        max_length=160,
        error_messages={"required": _("Enter your name."), "max_length": _("Shorten your name to 160 characters.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    outlet = LineField(
        label=_("Media outlet"),
        max_length=160,
        help_text=_("The newspaper, agency, station or site that you work for, or “freelance”."),
        error_messages={
            "required": _("Enter the media outlet that you work for."),
            "max_length": _("Shorten the name of the media outlet to 160 characters."),
        },
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    email = EmailField(help_text=_("We answer to this address."))
    phone = LineField(
        label=_("Telephone, Signal or WhatsApp (optional)"),
        required=False,
        max_length=40,
        error_messages={"max_length": _("Shorten the number to 40 characters.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel"}),
    )
    contact_method = forms.ChoiceField(
        label=_("How should we reach you?"), choices=ContactMethod.choices, initial=ContactMethod.EMAIL
    )
    contact_note = TextField(
        label=_("What makes it safe to contact you? (optional)"),
        required=False,
        max_length=500,
        help_text=_("For example: only in the evening, no voice messages, do not name the subject."),
        error_messages={"max_length": _("Shorten this to 500 characters.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    deadline_date = DateField(
        label=_("Deadline: date"),
        help_text=_("For example: 2026-11-30."),
        error_messages={
            "required": _("Enter the date by which you need an answer."),
            "invalid": _("Enter the date of the deadline as year-month-day, for example 2026-11-30."),
        },
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"}),
    )
    deadline_time = TimeField(
        label=_("Deadline: time"),
        help_text=_("For example: 16:00."),
        error_messages={
            "required": _("Enter the time by which you need an answer."),
            "invalid": _("Enter the time of the deadline as hour:minute, for example 16:00."),
        },
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "dir": "ltr"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of the deadline"),
        choices=zone_choices,
        widget=MarkedSelect,
        initial=settings.TIME_ZONE,
        help_text=_("The city whose clocks you go by."),
    )
    language = forms.ChoiceField(label=_("Language of our answer"), choices=native_name_choices, widget=MarkedSelect)
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=topic_choices,
        widget=MarkedSelect,
        error_messages={"required": _("Choose the topic of your question.")},
    )
    country = forms.ChoiceField(
        label=_("Country that it is about (optional)"), choices=_countries, required=False, widget=MarkedSelect
    )
    kind = forms.ChoiceField(label=_("What do you need?"), choices=InquiryKind.choices, initial=InquiryKind.INFORMATION)
    question = TextField(
        label=_("Your question"),
        max_length=QUESTION_LENGTH,
        help_text=_("Leave out the names of migrants and whatever could show who they are."),
        error_messages={
            "required": _("Write your question."),
            "max_length": _("Shorten your question to 10,000 characters. You can send files later, by e-mail."),
        },
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    links = TextField(
        label=_("Links to what you ask about (optional)"),
        required=False,
        max_length=2000,
        error_messages={"max_length": _("Shorten the links to 2000 characters.")},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
    )
    attribution = forms.ChoiceField(
        label=_("How will you use the answer?"), choices=Attribution.choices, initial=Attribution.ON_RECORD
    )
    consent = forms.BooleanField(
        label=_("You may store what I have written here, to answer my question"),
        help_text=ngettext_lazy(
            "%(days)d day after your question is closed we delete who you are and what you wrote. "
            "You can have both erased at once, at any time.",
            "%(days)d days after your question is closed we delete who you are and what you wrote. "
            "You can have both erased at once, at any time.",
            "days",
        ),
        error_messages={"required": _("Tick the box: without storing your question we cannot answer it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consent = self.fields["consent"]
        consent.help_text = str(consent.help_text % {"days": settings.INQUIRY_RETENTION_DAYS})
        self.fields["language"].initial = reader_language()
        # The browser of a journalist at risk must not offer the address to the next person who types there.
        del self.fields["email"].widget.attrs["autocomplete"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"deadline_date", "deadline_time", "time_zone"} <= data.keys():
            data["deadline"] = deadline_at(data["deadline_date"], data["deadline_time"], data["time_zone"])
        if data.get("contact_method", ContactMethod.EMAIL) != ContactMethod.EMAIL and not data.get("phone"):
            raise ValidationError({"phone": _("Enter the number at which we can reach you, or choose e-mail.")})
        return data


class InquiryRecordForm(PressForm):
    """The reference and the secret that a journalist has, with which they withdraw an inquiry or erase it."""

    reference = LineField(
        label=_("Reference"),
        max_length=20,
        help_text=_("For example: PR-2026-0412."),
        error_messages={
            "required": _("Enter the reference of your question."),
            "max_length": _("Enter the reference of your question, for example PR-2026-0412."),
        },
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    secret = LineField(
        label=_("Secret code"),
        max_length=60,
        help_text=_("It stands beside the reference in our e-mail: six groups of four characters."),
        error_messages={
            "required": _("Enter the secret code."),
            "max_length": _("Enter the secret code: six groups of four characters."),
        },
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    action = forms.ChoiceField(
        label=_("What should we do?"),
        choices=[
            ("withdraw", _("Withdraw the question: I need no answer any more")),
            ("erase", _("Erase who I am and everything I wrote, at once and for good")),
        ],
        error_messages={"required": _("Choose what we should do.")},
        widget=forms.RadioSelect,
    )
