"""End sessions of staff: half a day after the last thing they did (SESSION_COOKIE_AGE), and a week after they signed
in, whatever they do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

# How often a session that is used is stored again, with its new end.
_RENEWED_EVERY = 10 * 60
_BEGAN, _RENEWED = "session_began", "session_renewed"
# The editor's browser asks this by itself while a page is open.
_BY_ITSELF = "/admin/editing-sessions/"

GetResponse = Callable[[HttpRequest], HttpResponse]


def begin_session(sender: Any, request: HttpRequest, **_signal: Any) -> None:
    request.session[_BEGAN] = request.session[_RENEWED] = int(time.time())


def began_at(request: HttpRequest) -> int:
    """Return when the session of the request was signed in to, in seconds since 1970; 0 if it was not."""
    return int(request.session.get(_BEGAN, 0))


class SessionLimitsMiddleware:
    """Signs out whoever signed in too long ago, and renews the session of whoever is at work."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            now, session = int(time.time()), request.session
            if now - session.setdefault(_BEGAN, now) > settings.SESSION_LONGEST_AGE:
                logout(request)
            elif now - session.get(_RENEWED, 0) > _RENEWED_EVERY and not request.path_info.startswith(_BY_ITSELF):
                session[_RENEWED] = now
        return self.get_response(request)
