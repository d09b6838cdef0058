"""What the forms of the press room have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_REQUIRED = forms.Field.default_error_messages["required"]


class PressForm(forms.Form):
    """Names the question in the error for a choice that is missing or not among those offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                _ask_for_choice(field)


def _ask_for_choice(field: forms.ChoiceField) -> None:
    """Name the question in the field's errors, unless it has messages of its own."""
    words = _("Choose one of the answers to “%(question)s”.") % {"question": field.label}
    for reason in ("required", "invalid_choice"):
        if field.error_messages[reason] == forms.ChoiceField.default_error_messages.get(reason, _REQUIRED):
            field.error_messages[reason] = words
