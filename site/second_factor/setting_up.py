"""Add an authenticator app: a secret that waits in the session, encrypted, until a code shows that the app has it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from core.security.encryption import DecryptionError, decrypt, encrypt

from .codes import new_secret
from .models import DIGITS, STEP_SECONDS, AuthenticatorApp, step_of

_IN_SESSION = "second_factor_secret"
_GROUP = 4


def context_of(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what a page shows of the secret: a drawing for the camera, and groups of letters to type."""
    secret = secret_of(request)
    groups = " ".join(secret[place : place + _GROUP] for place in range(0, len(secret), _GROUP))
    return {"secret": groups, "drawing": drawing_of(address_of(user, secret)), "account": user.get_username()}


def secret_of(request: HttpRequest) -> str:
    """Return the secret that waits in the session; a new one if none does."""
    try:
        return decrypt(request.session[_IN_SESSION])
    except (KeyError, DecryptionError):
        secret = new_secret()
        request.session[_IN_SESSION] = encrypt(secret)
        return secret


def add_app(request: HttpRequest, user: User, *, name: str, code: str) -> AuthenticatorApp | None:
    """Add the app to the account if it shows the right code; that code is used up."""
    secret = secret_of(request)
    step = step_of(secret, code)
    if step is None:
        return None
    del request.session[_IN_SESSION]
    app: AuthenticatorApp = AuthenticatorApp.objects.create(user=user, name=name, secret=secret, last_step=step)
    return app


def address_of(user: User, secret: str) -> str:
    """Return the address that apps read from the drawing (Key URI Format of Google Authenticator)."""
    site = settings.WAGTAIL_SITE_NAME
    parameters = {"secret": secret, "issuer": site, "algorithm": "SHA1", "digits": DIGITS, "period": STEP_SECONDS}
    label = f"{quote(site)}:{quote(user.get_username())}"
    return f"otpauth://totp/{label}?{urlencode(parameters, quote_via=quote)}"


def drawing_of(address: str) -> SafeString:
    """Return the QR code of an address as SVG. It is drawn here, and its light parts are white in a dark page too."""
    import segno

    drawn: str = segno.make(address, micro=False).svg_inline(
        border=4, omitsize=True, light="#fff", svgclass="factor-qr"
    )
    return mark_safe(drawn)  # noqa: S308  # numbers and colours alone
