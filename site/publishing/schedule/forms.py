from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .versions import LanguageVersion


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """Return a field for a date with hour and minute in Cairo time, which uses the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


class MomentForm(forms.Form):
    """A form for a moment in the future."""

    moment = moment_field(_("Date and time"), _("Cairo time."))

    def clean_moment(self) -> datetime:
        moment: datetime = self.cleaned_data["moment"]
        if moment <= timezone.now():
            raise ValidationError(_("Choose a time that is still to come."))
        return moment


class ScheduleForm(MomentForm):
    """A form for which languages are published when, and whether they are under embargo until then."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    embargo = forms.BooleanField(
        label=_("Under embargo until then"),
        help_text=_("No language can come out earlier, nor can one that is translated later."),
        required=False,
    )

    def __init__(self, *args: Any, versions: list[LanguageVersion], embargo: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.embargo_until = embargo
        possible = [version for version in versions if version.can_be_scheduled]
        languages: Any = self.fields["languages"]
        languages.choices = [(version.language, version.name) for version in possible]
        languages.initial = [version.language for version in possible]

    def clean_moment(self) -> datetime:
        moment = super().clean_moment()
        if self.embargo_until and moment < self.embargo_until:
            raise ValidationError(
                _("The embargo ends later. Choose a later time, or move the embargo below."), code="embargo"
            )
        return moment
