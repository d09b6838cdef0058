"""The form for press inquiries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A deadline outside these years is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 2020, 2100


class InquiryForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=160,
        error_messages={"required": _("Enter your name."), "max_length": _("Shorten your name to 160 characters.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    outlet = forms.CharField(
        label=_("Media outlet"),
        max_length=160,
        help_text=_("The newspaper, agency, station or site that you work for, or “freelance”."),
        error_messages={
            "required": _("Enter the media outlet that you work for."),
            "max_length": _("Shorten the name of the media outlet to 160 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We answer to this address."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
            "max_length": _("Enter an e-mail address in the form name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
    )
    deadline = forms.DateTimeField(
        label=_("Deadline, Cairo time"),
        help_text=_("When you need the answer. For example: 2026-11-30 16:00."),
        error_messages={
            "required": _("Enter the date and time by which you need an answer."),
            "invalid": _("Enter the deadline as year-month-day hour:minute, for example 2026-11-30 16:00."),
        },
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "dir": "ltr"}),
    )
    question = forms.CharField(
        label=_("Your question"),
        max_length=5000,
        error_messages={
            "required": _("Write your question."),
            "max_length": _("Shorten your question to 5000 characters."),
        },
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            described_by = [f"id_{name}_help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                described_by.insert(0, f"id_{name}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if described_by:
                field.widget.attrs["aria-describedby"] = " ".join(described_by)

    def clean_deadline(self) -> datetime:
        deadline: datetime = self.cleaned_data["deadline"]
        if not FIRST_YEAR <= deadline.year <= LAST_YEAR:
            raise ValidationError(_("Check the year of the deadline."))
        return deadline
