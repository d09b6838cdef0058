"""Answer the script that deals with passkeys. It asks each address twice: for a challenge, then with the answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User

from . import passkeys
from .changes import factor_added
from .forms import NameForm
from .half import is_confirmed, user_of_half
from .models import Passkey
from .requirement import has_factor
from .sign_in import signed_in
from .views import added


@never_cache
def use_passkey(request: HttpRequest) -> HttpResponse:
    """Take the second step with a passkey of the account whose password was right a moment ago."""
    user = user_of_half(request)
    if user is None or request.method != "POST":
        return redirect("wagtailadmin_login")
    if "answer" not in request.POST:
        return JsonResponse(passkeys.begin_using(request, user))
    try:
        passkey = passkeys.finish_using(request, user, answer=request.POST["answer"])
    except passkeys.PasskeyRefused:
        return _refused()
    return JsonResponse({"next": signed_in(request, user, passkey)["Location"]})


@never_cache
def first_passkey(request: HttpRequest) -> HttpResponse:
    """Add the first factor of an account that must have one; who has one gets no further than the second step."""
    user = user_of_half(request)
    if user is None or request.method != "POST":
        return redirect("wagtailadmin_login")
    if has_factor(user):
        return _refused()

    def go_on(passkey: Passkey) -> str:
        signed_in(request, user, passkey)
        return reverse("second_factor_codes")

    return _add(request, user, go_on)


def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey to the account that is signed in."""
    if request.method != "POST":
        return redirect("second_factor")
    if not is_confirmed(request):
        return redirect(f"{reverse('second_factor_confirm')}?next={reverse('second_factor')}")
    user = cast(User, request.user)
    is_first = not has_factor(user)
    return _add(request, user, lambda passkey: added(request, passkey, is_first=is_first)["Location"])


def _add(request: HttpRequest, user: User, go_on: Callable[[Passkey], str]) -> HttpResponse:
    if not passkeys.are_possible():
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        return _refused(_("Give the passkey a name."))
    if "answer" not in request.POST:
        return JsonResponse(passkeys.begin_adding(request, user))
    try:
        with transaction.atomic():
            passkey = passkeys.finish_adding(
                request, user, answer=request.POST["answer"], name=form.cleaned_data["name"]
            )
            factor_added(passkey)
    except passkeys.PasskeyRefused:
        return _refused()
    return JsonResponse({"next": go_on(passkey)})


def _refused(why: str = "") -> HttpResponse:
    said = why or _("This passkey was not accepted. Try again.")
    return JsonResponse({"error": said}, status=HTTPStatus.BAD_REQUEST)
