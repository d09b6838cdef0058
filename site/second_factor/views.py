"""The pages of an account's own factors in the admin, and the one on which an administrator resets those of another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.models import User
from signing_in.sentences import sentence_of

from . import changes
from .codes import recovery_codes_left
from .forms import AppForm, PasswordForm
from .half import confirm, is_confirmed, use_device
from .models import FACTORS
from .passkeys import are_possible
from .requirement import factors_of, has_factor, must_have_factor
from .sentences import wrong_code
from .setting_up import add_app, context_of

View = Callable[..., HttpResponse]


def asks_who_it_is(view: View) -> View:
    """Return the view behind the password, unless whoever sits there signed in or gave it a few minutes ago."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **keywords: Any) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **keywords)
        return redirect(f"{reverse('second_factor_confirm')}?{urlencode({'next': request.path})}")

    return answer


def overview(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    context = {
        "factors": factors_of(user),
        "codes_left": recovery_codes_left(user),
        "is_required": must_have_factor(user),
        "may_add_passkey": are_possible(),
    }
    return _page(request, "overview", _("Two-step sign-in"), context)


@sensitive_post_parameters()
@asks_who_it_is
def add_app_page(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_first = not has_factor(user)
        with transaction.atomic():
            app = add_app(request, user, **form.cleaned_data)
            if app:
                changes.factor_added(app)
        if app:
            return added(request, app, is_first=is_first)
        form.add_error("code", wrong_code())
    return _page(request, "app", _("Add an authenticator app"), {"form": form} | context_of(request, user))


def added(request: HttpRequest, device: Any, *, is_first: bool) -> HttpResponse:
    """Go on with a new factor: the first one binds this session, ends all others, and recovery codes come next."""
    messages.success(request, _("“%(name)s” was added.") % {"name": device.name})
    if is_first:
        use_device(request, device)
        return redirect("second_factor_codes")
    return redirect("second_factor")


@asks_who_it_is
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them this once."""
    user = _user(request)
    if not has_factor(user):
        return redirect("second_factor")
    codes = changes.recovery_codes_made(user) if request.method == "POST" else []
    context = {"codes": codes, "codes_left": recovery_codes_left(user)}
    return _page(request, "recovery_codes", _("Recovery codes"), context)


@asks_who_it_is
def remove(request: HttpRequest, pk: int, model: Any) -> HttpResponse:
    """Ask whether to remove a factor of one's own, and do it. The last one stays if the account must have one."""
    user = _user(request)
    device = get_object_or_404(model, pk=pk, user=user)
    is_last = len(factors_of(user)) == 1
    if is_last and must_have_factor(user):
        messages.error(request, _("Your role needs a second step. Add another one before you remove this one."))
        return redirect("second_factor")
    if request.method == "POST":
        changes.remove_factor(request, device)
        messages.success(request, _("“%(name)s” was removed.") % {"name": device.name})
        return redirect("second_factor")
    return _page(request, "remove", _("Remove a second step"), {"factor": device, "is_last": is_last})


@sensitive_post_parameters()
def confirm_page(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more; it is checked and counted as at signing in."""
    user = _user(request)
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    form = PasswordForm(request.POST or None)
    status, refusal = HTTPStatus.OK, None
    if request.method == "POST" and form.is_valid():
        if authenticate(request, username=user.get_username(), password=form.cleaned_data["password"]) == user:
            confirm(request)
            return redirect(wanted if is_ours else "second_factor")
        refusal = getattr(request, "sign_in_refusal", None)
        form.add_error("password", sentence_of(refusal) if refusal else _("This is not your password."))
        status = HTTPStatus.TOO_MANY_REQUESTS if refusal else HTTPStatus.OK
    response = _page(request, "confirm", _("Is it you?"), {"form": form}, status)
    if refusal:
        response["Retry-After"] = str(refusal.seconds)
    return response


@asks_who_it_is
def reset_page(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let an administrator take all factors from a colleague who has lost them."""
    user = get_object_or_404(User, pk=user_id)
    if not may_reset(_user(request), user):
        raise PermissionDenied
    if request.method == "POST":
        changes.reset(user, by=_user(request))
        messages.success(request, _("The two-step sign-in of %(person)s was reset.") % {"person": user})
        return redirect("wagtailusers_users:edit", user.pk)
    factors = sum(model.objects.filter(user=user).count() for model in FACTORS)
    context = {"person": user, "factors": factors, "is_required": must_have_factor(user)}
    return _page(request, "reset", _("Reset two-step sign-in"), context)


def may_reset(somebody: Any, user: User) -> bool:
    """Return whether somebody may reset the factors of a user: administrators those of others, and those of
    administrators only one of them. One's own are removed on one's own page, which asks for them.
    """
    return bool(
        somebody.pk != user.pk
        and somebody.has_perm("accounts.change_user")
        and (somebody.is_superuser or not user.is_superuser)
    )


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _page(
    request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_account"), "label": _("Account")}]
    if name != "overview":
        trail.append({"url": reverse("second_factor"), "label": _("Two-step sign-in")})
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "key",
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
    }
    return render(request, f"admin/second_factor/{name}.html", context, status=status)
