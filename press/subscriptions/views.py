"""The pages of the subscription by e-mail. They need no cookie and no script, and show everybody the same."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from core.languages.change import in_this_language, is_language_change
from core.languages.declared import reader_language
from core.pages.navigation import breadcrumb_below, press_room, view_in_languages
from core.pages.views import permission_denied
from core.web.methods import takes_a_form
from core.web.protection import is_from_another_site, leave_no_trace
from press.forms.spam import FORMS_AN_HOUR, SENT_AN_HOUR, is_over_limit

from . import actions
from .form import SubscriptionForm
from .models import key_of_token


@dataclass(frozen=True)
class Step:
    """What a page says; `button`: the label of its button, if it has one."""

    title: Any
    text: Any
    button: Any = ""


STEPS = {
    "form": Step(
        _("Receive press releases by e-mail"),
        _("You get each new press release when it comes out, and nothing else. You can end it with one click."),
        _("Subscribe"),
    ),
    "limit": Step(
        _("Too many subscriptions from your network"),
        _("Wait an hour and send the form again."),
        _("Subscribe"),
    ),
    "asked": Step(
        _("Check your mailbox"),
        _(
            "We have sent a message to your address. Open the link in it within three days to confirm; without that, "
            "your address is deleted and you get nothing more from us. If no message comes, check the folder for "
            "unwanted mail."
        ),
    ),
    "confirm": Step(
        _("Confirm your subscription"),
        _("Press the button to receive our press releases at your address."),
        _("Confirm"),
    ),
    "confirmed": Step(
        _("You are subscribed"),
        _("You get our next press release when it comes out. Every message holds a link that ends the subscription."),
    ),
    "end": Step(
        _("End your subscription"),
        _("Press the button, and we delete your address and send you nothing more."),
        _("Unsubscribe"),
    ),
    "ended": Step(_("You are unsubscribed"), _("Your address is deleted. You get no more press releases from us.")),
    "over": Step(
        _("This link no longer works"),
        _("It may be incomplete, or older than three days, or the subscription has ended. You can subscribe again."),
    ),
}


@csrf_exempt  # needs no cookie: see core.web.protection.is_from_another_site
@takes_a_form
def subscribe_page(request: HttpRequest) -> HttpResponse:
    """Show the form; after a POST, redirect to the page that says what is next, whether or not the address is known."""
    if request.method != "POST":
        return _page(request, "form", form=SubscriptionForm(initial={"language": reader_language()}))
    if is_from_another_site(request):
        return permission_denied(request)
    form = SubscriptionForm(request.POST)
    if is_over_limit(request, "subscription-forms", FORMS_AN_HOUR):
        return _page(request, "limit", form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
    if is_language_change(request):
        carried = in_this_language(form)
        return _page(request, "form", form=carried) if carried else HttpResponseRedirect(request.get_full_path())
    if not form.is_valid():
        return _page(request, "form", form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if is_over_limit(request, "subscriptions", SENT_AN_HOUR):
        return _page(request, "limit", form=form, status=HTTPStatus.TOO_MANY_REQUESTS)
    actions.subscribe(
        email=form.cleaned_data["email"],
        language=form.cleaned_data["language"],
        topics=form.cleaned_data["topics"],
    )
    return HttpResponseRedirect(reverse("subscription_asked"))


def asked_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "asked")


@csrf_exempt
@takes_a_form
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, because programs that scan mail open every link; confirm only after a POST."""
    if request.method == "POST":
        confirmed = actions.confirm(token)
        return _page(request, "confirmed") if confirmed else _over(request)
    return _page(request, "confirm") if actions.waiting_or_confirmed(token) else _over(request)


@csrf_exempt
@takes_a_form
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, or unsubscribe at once after a POST: a mail program sends one (RFC 8058) and is not redirected."""
    if request.method == "POST":
        return _page(request, "ended") if actions.unsubscribe(token) else _over(request)
    return _page(request, "end") if key_of_token(token) else _over(request)


def _over(request: HttpRequest) -> HttpResponse:
    return _page(request, "over", HTTPStatus.NOT_FOUND)


def _page(
    request: HttpRequest, step: str, status: HTTPStatus = HTTPStatus.OK, form: SubscriptionForm | None = None
) -> HttpResponse:
    context = {
        "step": STEPS[step],
        "form": form,
        "typed_form": "subscription-form" if form else "",
        "is_carried": form is not None and is_language_change(request),
        "breadcrumb": breadcrumb_below(press_room(language := reader_language()), language),
        "language_versions": view_in_languages(request),
    }
    response = render(request, "pages/subscription_page.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    # The URL of a page may contain what only its reader should have.
    return leave_no_trace(response)
