"""Recognize the browser in which somebody has signed in before, by a signed cookie
(https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).

It opens nothing: it only gives the browser a count of its own of wrong passwords.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "known_browser"
_SALT = "signing_in.known_browsers"
_SECONDS = 180 * 24 * 3600


def browser_of(request: HttpRequest, name: str) -> str:
    """Return what to call the browser if the account of this name has signed in with it; otherwise an empty text."""
    try:
        account, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if account == _digest(name) else ""


def remember_browser(response: HttpResponse, name: str) -> None:
    value = signing.dumps([_digest(name), secrets.token_urlsafe(16)], salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_SECONDS,
        path="/admin/login/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _digest(name: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}\0{name}".encode()).hexdigest()[:32]
