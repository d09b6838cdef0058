"""Passkeys (https://www.w3.org/TR/webauthn-3/): what the browser is asked for, and what its answer proves.

Yubico's fido2 checks challenge, origin, relying party, signature and that the person was verified by the authenticator.
A challenge waits in the session and is taken from it before the answer is looked at.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import struct
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User

from .models import Passkey

if TYPE_CHECKING:
    from collections.abc import Callable

    from fido2.server import Fido2Server

_CHALLENGE = "second_factor_challenge"
# What the parsers of an answer raise that is none.
_NO_ANSWER = (
    ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError, struct.error,
)  # fmt: skip
Found = TypeVar("Found")


class PasskeyRefused(Exception):
    """The answer of the browser proves nothing."""


def are_possible() -> bool:
    """Return whether browsers make passkeys for this site: an address without a name has none."""
    try:
        ipaddress.ip_address(_host())
    except ValueError:
        return True
    return False


def begin_adding(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what the browser is asked for a new passkey. An authenticator with one of the account makes none."""
    from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

    handle = salted_hmac("second_factor.passkeys", str(user.pk), algorithm="sha256").digest()
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=user.get_username(), display_name=str(user)),
        [passkey.data for passkey in Passkey.objects.filter(user=user)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(request, options, state)


def finish_adding(request: HttpRequest, user: User, *, answer: str, name: str) -> Passkey:
    """Add the passkey that the browser has made. Raise PasskeyRefused if it was not asked for here and now."""
    state = _challenge_of(request)
    made = _read(lambda: _server().register_complete(state, json.loads(answer)))
    credential = made.credential_data
    if credential is None:
        raise PasskeyRefused
    digest = hashlib.sha256(credential.credential_id).hexdigest()
    try:
        with transaction.atomic():
            passkey: Passkey = Passkey.objects.create(
                user=user, name=name, credential=bytes(credential), digest=digest, sign_count=made.counter
            )
    except IntegrityError:
        raise PasskeyRefused from None
    return passkey


def begin_using(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return what the browser is asked for, to use one of the account's passkeys."""
    from fido2.webauthn import UserVerificationRequirement

    options, state = _server().authenticate_begin(
        [passkey.data for passkey in Passkey.objects.filter(user=user)],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(request, options, state)


def finish_using(request: HttpRequest, user: User, *, answer: str) -> Passkey:
    """Return the passkey of the account that gave the answer. Raise PasskeyRefused if none did, here and now, or if it
    counts backwards, as a copy would.
    """
    from fido2.webauthn import AuthenticationResponse

    state = _challenge_of(request)
    passkeys = {bytes(passkey.credential): passkey for passkey in Passkey.objects.filter(user=user)}
    known = [passkey.data for passkey in passkeys.values()]
    response = _read(lambda: AuthenticationResponse.from_dict(json.loads(answer)))
    used: Passkey = passkeys[bytes(_read(lambda: _server().authenticate_complete(state, known, response)))]
    count = response.response.authenticator_data.counter
    goes_on = {"sign_count__lt": count} if count else {"sign_count": 0}
    earlier = Passkey.objects.filter(pk=used.pk, **goes_on)
    if not earlier.update(sign_count=count, last_used_at=timezone.now()):
        raise PasskeyRefused
    return used


def _server() -> Fido2Server:
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestationConveyancePreference, PublicKeyCredentialRpEntity

    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    origin = f"{parts.scheme}://{parts.netloc}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=settings.WAGTAIL_SITE_NAME, id=_host()),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda claimed: claimed == origin,
    )


def _host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""


def _asked(request: HttpRequest, options: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Keep the challenge in the session; return the options as JSON, with bytes in base64url."""
    request.session[_CHALLENGE] = {name: str(getattr(value, "value", value)) for name, value in state.items()}
    asked: dict[str, Any] = json.loads(json.dumps(dict(options)))
    return asked


def _challenge_of(request: HttpRequest) -> dict[str, str]:
    """Take the challenge out of the session: each is good for one answer."""
    state: dict[str, str] | None = request.session.pop(_CHALLENGE, None)
    if state is None:
        raise PasskeyRefused
    return state


def _read(reading: Callable[[], Found]) -> Found:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return reading()
    except (*_NO_ANSWER, UnsupportedAlgorithm) as error:
        raise PasskeyRefused from error
