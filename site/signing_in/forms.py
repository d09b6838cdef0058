"""The forms for signing in and for a new password (WAGTAILADMIN_USER_LOGIN_FORM, and the views of this app)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordChangeForm as WagtailPasswordChangeForm
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


class PasswordChangeForm(WagtailPasswordChangeForm):
    """The form for a new password in the account page, where the old one is guessed no faster than at the door."""

    def __init__(self, request: HttpRequest, user: Any, *args: Any, **options: Any) -> None:
        super().__init__(user, *args, **options)
        self.request = request

    @sensitive_variables("old_password")
    def clean_old_password(self) -> str:
        old_password: str = self.cleaned_data["old_password"]
        known = authenticate(self.request, username=self.user.get_username(), password=old_password)
        if known is not None and known.pk == self.user.pk:
            return old_password
        refusal = getattr(self.request, "sign_in_refusal", None)
        if refusal is not None:
            raise ValidationError(sentence_of(refusal), code="refused")
        raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")


class PasswordResetForm(WagtailPasswordResetForm):
    def save(self, *args: Any, **options: Any) -> None:
        """Note that somebody asks; the worker finds out for which account."""
        ask_for_reset(self.cleaned_data["email"])
