"""Sign in: the password, then the second step of whoever has a factor, or setting one up for whoever must have one."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts.models import User
from signing_in.guard import same_name
from signing_in.known_browsers import remember_browser
from signing_in.views import SignInView as PasswordView

from .changes import factor_added, recovery_code_used
from .codes import check_code, recovery_codes_left
from .forms import AppForm, CodeForm
from .half import begin_half, make_whole, user_of_half
from .models import Passkey, RecoveryCodes
from .passkeys import are_possible
from .requirement import has_factor, is_asked
from .sentences import too_many_codes, wrong_code
from .setting_up import add_app, context_of

logger = logging.getLogger(__name__)


class SignInView(PasswordView):
    """Signs in whoever is asked for a password alone, and leads all others to the second step, not yet signed in."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if not is_asked(user):
            return super().form_valid(form)
        remembered = bool(form.cleaned_data.get("remember"))
        begin_half(self.request, user, leads_to=self.get_success_url(), is_remembered=remembered)
        return redirect("second_factor_step")


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class _HalfView(FormView):
    """A page between password and factor, for the account whose password was right a moment ago."""

    account: User
    is_for_those_with_a_factor = True

    def dispatch(self, request: HttpRequest, *args: Any, **keywords: Any) -> HttpResponseBase:
        account = user_of_half(request)
        if account is None:
            return redirect("wagtailadmin_login")
        if has_factor(account) != self.is_for_those_with_a_factor:
            return redirect("second_factor_first" if self.is_for_those_with_a_factor else "second_factor_step")
        self.account = account
        return super().dispatch(request, *args, **keywords)


class SecondStepView(_HalfView):
    template_name = "admin/second_factor/step.html"
    form_class = CodeForm

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        has_passkey = are_possible() and Passkey.objects.filter(user=self.account).exists()
        return super().get_context_data(**keywords) | {"has_passkey": has_passkey}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        checked = check_code(self.account, form.cleaned_data["code"])
        if checked.device is None:
            logger.warning("Account %s: %s", self.account.pk, "codes are locked" if checked.seconds else "a wrong code")
            return self._refuse(form, checked.seconds)
        if isinstance(checked.device, RecoveryCodes):
            recovery_code_used(self.account, recovery_codes_left(self.account))
        return signed_in(self.request, self.account, checked.device)

    def _refuse(self, form: CodeForm, seconds: int) -> HttpResponse:
        form.add_error("code", too_many_codes(seconds) if seconds else wrong_code())
        response = self.form_invalid(form)
        if seconds:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(seconds)
        return response


class FirstFactorView(_HalfView):
    """Adds the first app of an account that must have one. Who has one gets no further than the second step."""

    template_name = "admin/second_factor/first.html"
    form_class = AppForm
    is_for_those_with_a_factor = False

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        more = context_of(self.request, self.account) | {"may_add_passkey": are_possible()}
        return super().get_context_data(**keywords) | more

    def form_valid(self, form: AppForm) -> HttpResponse:
        with transaction.atomic():
            app = add_app(self.request, self.account, **form.cleaned_data)
            if app:
                factor_added(app)
        if app is None:
            form.add_error("code", wrong_code())
            return self.form_invalid(form)
        signed_in(self.request, self.account, app)
        response = redirect("second_factor_codes")
        remember_browser(response, same_name(self.account.get_username()))
        return response


def signed_in(request: HttpRequest, account: User, device: Any) -> HttpResponse:
    """Sign the account in and lead it to where it was going."""
    response = redirect(make_whole(request, account, device))
    remember_browser(response, same_name(account.get_username()))
    return response
