"""The views of Wagtail that take a name, an address or a password, with the limits of this app."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import BaseSettingsPanel, ChangePasswordPanel, LoginView, PasswordResetView

from .forms import PasswordChangeForm, PasswordResetForm
from .guard import same_name
from .known_browsers import remember_browser
from .resets import is_over_limit
from .sentences import too_many_mails


class SignInView(LoginView):
    """Answers 429 with the time to wait where the guard refuses, and remembers the browser of who signs in."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember_browser(response, same_name(form.get_user().get_username()))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        return _too_early(response, self.request)


class PasswordPanel(ChangePasswordPanel):
    """Asks for the old password once in a request, whoever looks at the form how often: each look is an attempt."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._form: PasswordChangeForm | None = None

    def form_class(self, *args: Any, **options: Any) -> PasswordChangeForm:
        return PasswordChangeForm(self.request, *args, **options)

    def get_form(self) -> PasswordChangeForm:
        if self._form is None:
            self._form = super().get_form()
        return self._form


class AccountView(WagtailAccountView):
    """Wagtail's account page, with the limits of this app on its field for the old password."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        if not hasattr(self, "_panels"):
            self._panels = [_guarded(panel) for panel in super().get_panels()]
        return self._panels

    def post(self, request: HttpRequest) -> HttpResponse:
        # Wagtail looks at no further form once one is wrong, and at the rest when the page is rendered.
        for panel in self.get_panels():
            panel.get_form().is_valid()
        response: HttpResponse = super().post(request)
        return _too_early(response, request)


class AskForPasswordView(PasswordResetView):
    def get_form_class(self) -> type[PasswordResetForm]:
        return PasswordResetForm

    def post(self, request: Any, *args: Any, **keywords: Any) -> HttpResponse:
        if not is_over_limit(request):
            response: HttpResponse = super().post(request, *args, **keywords)
            return response
        form = self.get_form()
        form.add_error(None, too_many_mails())
        response = self.form_invalid(form)
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = "3600"
        return response


def _guarded(panel: BaseSettingsPanel) -> BaseSettingsPanel:
    if isinstance(panel, ChangePasswordPanel):
        return PasswordPanel(panel.request, panel.user, panel.profile)
    return panel


def _too_early(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Make this the answer to somebody whose password was not looked at, if it was not."""
    refusal = getattr(request, "sign_in_refusal", None)
    if refusal is not None:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(refusal.seconds)
    return response
