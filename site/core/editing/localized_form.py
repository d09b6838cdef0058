"""The admin's form of a row with texts in each language: a field for each language that the site has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column

from core.languages.declared import COMPLETE_LANGUAGES, LANGUAGE_CODES, direction, language_in_sentence


class LocalizedForm(WagtailAdminModelForm):
    """Shows and sets the texts of the instance. Made for a model by `localized_form`."""

    # What the names of the fields of each column begin with, before the code of the language.
    prefixes: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column, prefix in self.prefixes.items():
            for code, text in self.instance.texts_of(column).items():
                self.initial.setdefault(f"{prefix}_{code}", text)

    def _post_clean(self) -> None:
        for column, prefix in self.prefixes.items():
            names = {code: f"{prefix}_{code}" for code in LANGUAGE_CODES}
            self.instance.give(column, {code: self.cleaned_data.get(name, "") for code, name in names.items()})
        super()._post_clean()


def localized_form(labels: dict[str, Any], longest: int) -> type[Any]:
    """Return a form with a field for each text, named like name_en. `labels`: what each column is, by its name."""
    fields = {
        f"{column}_{code}": forms.CharField(
            label=in_language(label, code),
            max_length=longest,
            required=code in COMPLETE_LANGUAGES,
            widget=forms.TextInput(attrs={"lang": code, "dir": direction(code)}),
        )
        for column, label in labels.items()
        for code in LANGUAGE_CODES
    }
    return type("FormInEveryLanguage", (LocalizedForm,), {"prefixes": {name: name for name in labels}, **fields})


def _in_language(label: Any, code: str) -> str:
    """Return what a text is, and of which language, in the editor's language: Name in Arabic."""
    return capfirst(gettext("%(text)s in %(language)s") % {"text": label, "language": language_in_sentence(code)})


in_language = lazy(_in_language, str)


def localized_panels(column: str) -> list[FieldPanel]:
    return [FieldPanel(f"{column}_{code}") for code in LANGUAGE_CODES]


def localized_columns(column: str, label: Any) -> list[Column]:
    """Return the columns of an admin list of localized rows."""
    names = [f"{column}_{code}" for code in LANGUAGE_CODES]
    return [
        Column(name, label=in_language(label, code), sort_key=name)
        for name, code in zip(names, LANGUAGE_CODES, strict=True)
    ]
