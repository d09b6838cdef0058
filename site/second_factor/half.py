"""The time between a right password and the second factor. Nobody is signed in then: the session only says, for ten
minutes, whose password was right.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django_otp import login as remember_device

from accounts.models import User
from signing_in.sessions import began_at

_HALF, _WHOLE, _CONFIRMED = "second_factor_half", "second_factor_whole", "second_factor_confirmed"
SECONDS = 10 * 60


@dataclass(frozen=True)
class _Half:
    account: int
    password: str
    began: float
    leads_to: str
    is_remembered: bool


def begin_half(request: HttpRequest, user: User, *, leads_to: str, is_remembered: bool) -> None:
    """Note that the password of the account was right. `is_remembered`: the session outlives the browser's window."""
    if request.user.is_authenticated:
        logout(request)
    request.session.cycle_key()
    half = _Half(user.pk, user.get_session_auth_hash(), time.time(), leads_to, is_remembered)
    request.session[_HALF] = asdict(half)


def user_of_half(request: HttpRequest) -> User | None:
    """Return whose password was right a moment ago; None if it was nobody's, or is no longer right."""
    half = _half_of(request)
    user = User.objects.filter(pk=half.account, is_active=True).first() if half else None
    if half is None or user is None or not constant_time_compare(half.password, user.get_session_auth_hash()):
        return None
    return user


def make_whole(request: HttpRequest, user: User, device: Any) -> str:
    """Sign in the account of a half, whose device was used just now; return the address that it was going to."""
    half = _Half(**request.session.pop(_HALF))
    login(request, user)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if half.is_remembered else 0)
    use_device(request, device)
    return half.leads_to


def use_device(request: HttpRequest, device: Any) -> None:
    """Bind the session of a signed-in account to a device of its own: it ends with the device."""
    remember_device(request, device)
    request.session[_WHOLE] = True


def is_whole(request: HttpRequest) -> bool:
    """Return whether the session was opened with a second factor, or bound to one later."""
    return bool(request.session.get(_WHOLE))


def let_go(request: HttpRequest) -> None:
    """Let the session go on without a factor, of an account that took its last one away itself."""
    request.session.pop(_WHOLE, None)


def confirm(request: HttpRequest) -> None:
    """Note that the person at the screen has just proved who they are."""
    request.session[_CONFIRMED] = int(time.time())


def is_confirmed(request: HttpRequest) -> bool:
    """Return whether whoever sits there signed in, or gave the password once more, within the last ten minutes."""
    proved = max(request.session.get(_CONFIRMED, 0), began_at(request))
    return bool(time.time() - proved < SECONDS)


def _half_of(request: HttpRequest) -> _Half | None:
    stored = request.session.get(_HALF)
    half = _Half(**stored) if stored else None
    return half if half and 0 <= time.time() - half.began < SECONDS else None
