"""Accounts with a second factor, and what their owners type."""

from __future__ import annotations

import time
from base64 import b32decode
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django_otp.oath import TOTP

from accounts.models import User
from second_factor.codes import new_secret
from second_factor.models import AuthenticatorApp, Passkey

PASSWORD = "a password of the tests"
LOGIN = "/admin/login/"
STEP = "/admin/login/second-factor/"
FIRST = "/admin/login/second-factor/first/"


class Clock:
    """The time of the site and of its apps."""

    def __init__(self) -> None:
        # The morning: no test runs over midnight, when counting begins anew.
        self.now = float(int(time.time()) // 86400 * 86400 + 6 * 3600)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    with mock.patch("time.time", clock), mock.patch("django_otp.oath.time", clock):
        yield clock


def give_app(user: User, name: str = "A telephone") -> AuthenticatorApp:
    app: AuthenticatorApp = AuthenticatorApp.objects.create(user=user, name=name, secret=new_secret())
    return app


def give_passkey(user: User, name: str = "A key") -> Passkey:
    """Give the account a passkey that nothing can use."""
    passkey: Passkey = Passkey.objects.create(user=user, name=name, credential=b"", digest="0" * 64)
    return passkey


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code that an app with this secret shows now, or so many steps later."""
    totp = TOTP(b32decode(secret))
    totp.time = time.time() + steps * 30
    return f"{totp.token():06}"


def wrong_code_of(secret: str) -> str:
    good = {code_of(secret, steps) for steps in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in good)


def give_password(user: User, client: Client | None = None, **more: Any) -> Client:
    """Return a browser in which the right password of the account was typed, and nothing else."""
    client = client or Client(raise_request_exception=False)
    form = {"username": user.get_username(), "password": PASSWORD} | more
    assert client.post(LOGIN, form).status_code == 302
    return client


def sign_in(user: User, app: AuthenticatorApp) -> Client:
    """Return a browser in which both steps were taken; the code is not used up."""
    client = give_password(user)
    assert client.post(STEP, {"code": code_of(app.secret)}).status_code == 302
    AuthenticatorApp.objects.filter(pk=app.pk).update(last_step=-1)
    return client
