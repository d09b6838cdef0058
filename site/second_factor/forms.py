from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_NAME_LENGTH = 64
# Codes are no words: nothing corrects them, and they run from left to right in Arabic too.
_CODE: dict[str, Any] = {
    "autocomplete": "one-time-code",
    "autocapitalize": "off",
    "spellcheck": "false",
    "dir": "ltr",
    "maxlength": 64,
}


class CodeForm(forms.Form):
    """Takes what proves the second step: a code of an app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        widget=forms.TextInput(attrs=_CODE | {"autofocus": True}),
        help_text=_("Six digits that your app shows now, or one of your recovery codes."),
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=_NAME_LENGTH,
        help_text=_("By which you will know it again in the list, such as “Office phone”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AppForm(NameForm):
    """Takes the first code of an app, which shows that the app has the secret."""

    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        widget=forms.TextInput(attrs=_CODE | {"inputmode": "numeric"}),
        help_text=_("Six digits that the app shows now."),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
