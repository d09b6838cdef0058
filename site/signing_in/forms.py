"""The forms for signing in and for a new password (WAGTAILADMIN_USER_LOGIN_FORM, and the views of this app)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from .resets import ask_for_reset
from .sentences import sentence_of


class SignInForm(LoginForm):
    def get_invalid_login_error(self) -> ValidationError:
        refusal = getattr(self.request, "sign_in_refusal", None)
        if refusal is not None:
            return ValidationError(sentence_of(refusal), code="refused")
        wrong: ValidationError = super().get_invalid_login_error()
        return wrong


class PasswordResetForm(WagtailPasswordResetForm):
    def save(self, *args: Any, **options: Any) -> None:
        """Note that somebody asks; the worker finds out for which account."""
        ask_for_reset(self.cleaned_data["email"])
