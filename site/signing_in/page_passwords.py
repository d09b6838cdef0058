"""Limit how often the password of a page or of a collection of documents may be guessed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.documents.views.serve import authenticate_with_password as for_collection
from wagtail.views import authenticate_with_password as for_page

from core.security.attempts import Patience, begin_attempt, take_back_attempt
from core.security.networks import sender_of
from core.web.methods import takes_a_form
from core.web.request_memory import shared_memory

from .guard import NETWORK, UNKNOWN_NETWORKS

# Everybody who knows a page shares its password, so that it takes more to lock it for all of them.
PASSWORD = Patience(free=60, locked_from=300)

View = Callable[..., HttpResponse]


def limited(view: View, what: str, restriction_argument: str) -> View:
    """Return the view with its attempts counted, for each password and for each network; beyond that it answers 429."""

    @takes_a_form
    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, **arguments)
        network = sender_of(request)
        places = [
            (f"{what}-network", network, NETWORK if network else NETWORK.times(UNKNOWN_NETWORKS)),
            (what, str(arguments[restriction_argument]), PASSWORD),
        ]
        for number, (kind, who, patience) in enumerate(places):
            seconds = begin_attempt(kind, who, patience)
            if seconds:
                for counted in places[:number]:
                    take_back_attempt(*counted[:2])
                return _refused(request, seconds)
        response = view(request, **arguments)
        if 300 <= response.status_code < 400:
            for kind, who, _patience in places:
                take_back_attempt(kind, who)
        return response

    return answer


def _refused(request: HttpRequest, seconds: int) -> HttpResponse:
    with shared_memory():
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


authenticate_for_page = limited(for_page, "page-password", "page_view_restriction_id")
authenticate_for_collection = limited(for_collection, "collection-password", "restriction_id")
