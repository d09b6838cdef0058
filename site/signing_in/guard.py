"""Decide whether somebody may try a password now. Counted for the account and for the network, whether or not there is
such an account, so that the answer tells nobody which accounts exist.

A browser that has signed in to the account before (signing_in.known_browsers) has a count of its own: others who lock
the account do not lock out its owner.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from django.http import HttpRequest

from core.security.attempts import Patience, begin_attempt, forget_attempts, take_back_attempt
from core.security.networks import sender_of

from .known_browsers import browser_of

ACCOUNT = Patience(free=5, locked_from=30)
# A whole office may share one address.
NETWORK = Patience(free=30, locked_from=120)
# Networks of which the proxy says nothing count together, with this many times the limit.
UNKNOWN_NETWORKS = 10
# Codes of the second step. Whoever gets there knows the password, and three codes of six digits are good at a time: a
# whole day of guessing finds one in 3,000.
CODE = Patience(free=5, locked_from=10)
_ACCOUNT, _NETWORK, _CODE = "sign-in-account", "sign-in-network", "sign-in-code"


@dataclass(frozen=True)
class Attempt:
    """An attempt that may be made (`seconds` is 0), or after how many seconds the next may be. `counted`: where."""

    seconds: int
    counted: tuple[tuple[str, str], ...] = field(default=())


def attempt_to_sign_in(request: HttpRequest | None, name: str) -> Attempt:
    """Count an attempt to sign in to the account of this name, or refuse it."""
    counted = []
    if request is not None:
        network = sender_of(request)
        seconds = begin_attempt(_NETWORK, network, NETWORK if network else NETWORK.times(UNKNOWN_NETWORKS))
        if seconds:
            return Attempt(seconds)
        counted.append((_NETWORK, network))
    account, seconds = _begin_for_account(same_name(name), browser_of(request, same_name(name)) if request else "")
    if seconds:
        _take_back(tuple(counted))
        return Attempt(seconds)
    return Attempt(0, (*counted, (_ACCOUNT, account)))


def signed_in(attempt: Attempt) -> None:
    """Forget what was tried in vain for the account; of its network forget this attempt only."""
    for what, who in attempt.counted:
        if what == _ACCOUNT:
            forget_attempts(what, who)
    _take_back(attempt.counted)


def attempt_to_give_code(name: str) -> int:
    """Count an attempt to give a code for the account of this name and return 0, or return the seconds to wait."""
    return begin_attempt(_CODE, same_name(name), CODE)


def gave_code(name: str) -> None:
    """Forget the codes that were tried in vain for the account."""
    forget_attempts(_CODE, same_name(name))


def unlock(name: str) -> bool:
    """Let the account be tried again at once; return whether any attempt had been counted for it today."""
    were_counted = [forget_attempts(what, same_name(name)) for what in (_ACCOUNT, _CODE)]
    return any(were_counted)


def same_name(name: str) -> str:
    """Return one form for all ways to write a name, so that another case or width is no way round."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _begin_for_account(name: str, browser: str) -> tuple[str, int]:
    """Return under which name the attempt is counted, and the seconds to wait. A known browser that is locked is
    counted like any other.
    """
    if browser:
        own = f"{name}\0{browser}"
        if not begin_attempt(_ACCOUNT, own, ACCOUNT):
            return own, 0
    return name, begin_attempt(_ACCOUNT, name, ACCOUNT)


def _take_back(counted: tuple[tuple[str, str], ...]) -> None:
    for what, who in counted:
        take_back_attempt(what, who)
