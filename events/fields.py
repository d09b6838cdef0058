"""The languages that an event is held in, stored like countries as codes in one JSON column."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.languages.declared import LANGUAGE_CODES, language_named_in, reader_language
from core.languages.language import capitalized

# The languages of the site, the other official ones of the United Nations, and others spoken in the region.
SPOKEN = tuple(dict.fromkeys((*LANGUAGE_CODES, "es", "ru", "zh", "am", "ckb", "fa", "so", "ti", "tr", "ur")))


def spoken_language(code: str, language: str) -> str:
    """Return the name of the language `code` in `language`, as CLDR gives it, otherwise in the default one."""
    return language_named_in(language, code)


def language_choices() -> list[tuple[str, str]]:
    return [(code, capitalized(spoken_language(code, reader_language()))) for code in SPOKEN]


def validate_spoken(codes: list[str]) -> None:
    """Raise ValidationError for a language that is not in SPOKEN."""
    for code in codes:
        if code not in SPOKEN:
            raise ValidationError(_("%(code)s is not one of the languages to choose from."), params={"code": code})


class SpokenLanguagesField(models.JSONField):
    """A list of codes from SPOKEN, without duplicates and in the order of SPOKEN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_spoken]

    def get_prep_value(self, value: Any) -> Any:
        return [code for code in SPOKEN if code in (value or [])]

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            choices=language_choices,
            widget=forms.CheckboxSelectMultiple,
        )
