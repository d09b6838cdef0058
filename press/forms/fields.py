"""Form fields for text from anywhere: characters that no reader can see, or that could turn or break the text around
them, are removed; everything else stays as it was typed.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# UAX 9: embeddings, overrides and isolates. One that is not closed turns the text that follows; a mark (LRM) does not.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# RFC 5321, 4.5.3.1.3, without the angle brackets.
_LONGEST_ADDRESS = 254
_LINE_BREAKS = frozenset("\n\t")


def without_controls(text: str) -> str:
    """Return the text without control characters, lone surrogates and bidi controls; lines end with a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        letter
        for letter in text
        if letter in _LINE_BREAKS or (unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _BIDI_CONTROLS)
    )


def western_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0-9."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)


class ShownAgainMixin:
    """Shows invalid input again, without characters that would break the page around it."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return without_controls(data) if isinstance(data, str) else data


class LineField(ShownAgainMixin, forms.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return " ".join(without_controls(str(value or "")).split())


class TextField(ShownAgainMixin, forms.CharField):
    """Several lines of text."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return without_controls(str(value or "")).strip()


class EmailField(ShownAgainMixin, forms.EmailField):
    """The address of the person who fills in the form."""

    default_error_messages = {
        "required": _("Enter your e-mail address."),
        "invalid": _("Enter an e-mail address in the form name@example.org."),
        "max_length": _("Enter an e-mail address in the form name@example.org."),
        "letters": _(
            "We cannot send e-mail to an address with such letters before the @. Enter one that has only the letters "
            "a to z, digits and signs there."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"})
        super().__init__(label=_("E-mail address"), max_length=_LONGEST_ADDRESS, widget=widget, **kwargs)

    def run_validators(self, value: Any) -> None:
        """Name what is wrong with an address that is valid only for mail servers that know SMTPUTF8 (RFC 6531)."""
        mailbox, _at, domain = str(value).rpartition("@")
        if domain and not mailbox.isascii():
            raise forms.ValidationError(self.error_messages["letters"], code="letters")
        super().run_validators(value)


class DigitsMixin:
    """Accepts a date or time typed in the digits of any script."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(western_digits(value) if isinstance(value, str) else value)  # type: ignore[misc]


class DateField(ShownAgainMixin, DigitsMixin, forms.DateField):
    pass


class TimeField(ShownAgainMixin, DigitsMixin, forms.TimeField):
    pass
