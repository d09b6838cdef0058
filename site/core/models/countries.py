"""Countries as ISO 3166-1 alpha-3 codes in one JSON column: they are codes, not content, so they need no table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.places.countries import country_choices, is_country_code


def validate_country_codes(codes: list[str]) -> None:
    """Raise ValidationError if a code is not an ISO 3166-1 alpha-3 code."""
    for code in codes:
        if not is_country_code(code):
            raise ValidationError(
                _("%(code)s is not an ISO 3166-1 country code of three letters."), params={"code": code}
            )


class CountriesField(models.JSONField):
    """A list of ISO 3166-1 alpha-3 codes, each once, in alphabetical order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_country_codes]

    def get_prep_value(self, value: Any) -> Any:
        return sorted(set(value or []))

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            choices=country_choices,
            widget=forms.SelectMultiple(attrs={"size": 8}),
        )
