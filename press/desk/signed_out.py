"""A session that ends while an officer is writing: what was typed is kept, and is there again after signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from press.forms.spam import is_over_limit

from .drafts import NEW_INQUIRY, keep_signed_out

# How many times an hour a network may have something kept without a login.
_KEPT_AN_HOUR = 30
_PAGES = ("inquiries:inspect", "inquiries:new")


class KeepTypedMiddleware:
    """Keeps what is sent without a login to the page of an inquiry or of a new one; the admin then asks for a login,
    and leads back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> None:
        if request.method != "POST" or request.user.is_authenticated or request.resolver_match is None:
            return
        if request.resolver_match.view_name.endswith(_PAGES) and not is_over_limit(
            request, "typed-signed-out", _KEPT_AN_HOUR
        ):
            keep_signed_out(request.session, int(keywords.get("pk", NEW_INQUIRY)), request.POST)
