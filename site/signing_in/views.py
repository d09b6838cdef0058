"""The views of Wagtail that take a name, an address or a password, with the limits of this app."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from wagtail.admin.views.account import LoginView, PasswordResetView

from .forms import PasswordResetForm
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
        refusal = getattr(self.request, "sign_in_refusal", None)
        if refusal is not None:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(refusal.seconds)
        return response


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
