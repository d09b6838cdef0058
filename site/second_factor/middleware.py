"""Let nobody in with half a sign-in, whatever asks for `request.user`: pages of the admin, its API, drafts, private
pages. Whoever was asked for a second factor since the session began, or has lost the one that it began with, signs in
anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .half import is_whole
from .requirement import is_asked


class SecondFactorMiddleware:
    """Stands behind django-otp's OTPMiddleware, which knows the device that a session was opened with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        let_in: Any = SimpleLazyObject(partial(_let_in, request, request.user))
        request.user = let_in
        request.auser = partial(sync_to_async(_evaluated), let_in)
        return self.get_response(request)


def _let_in(request: HttpRequest, user: Any) -> Any:
    """Return the user, or nobody where a second factor is missing; such a session ends."""
    if not user.is_authenticated or user.is_verified():
        return user
    if is_whole(request) or is_asked(user):
        request.session.flush()
        return AnonymousUser()
    return user


def _evaluated(user: Any) -> Any:
    """Return the user, after the questions to the database that tell who it is."""
    bool(user.is_authenticated)
    return user
