"""Check what is typed at the second step, and make what is handed out. Every attempt is counted in the database before
it is made, for the account, so that six digits cannot be guessed.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_otp.models import Device

from accounts.models import User
from signing_in.guard import attempt_to_give_code, gave_code

from .models import AuthenticatorApp, RecoveryCode, RecoveryCodes, digest_of

RECOVERY_CODES = 8
_LETTERS, _GROUP = 28, 4


@dataclass(frozen=True)
class Checked:
    """The device that a code belongs to, if any; `seconds`: how long nobody may try."""

    device: Device | None = None
    seconds: int = 0


def check_code(user: User, typed: str) -> Checked:
    """Use up a code of an app or a recovery code of the account, if it is one."""
    if seconds := attempt_to_give_code(user.get_username()):
        return Checked(seconds=seconds)
    code = "".join(typed.split())
    for device in (*AuthenticatorApp.objects.filter(user=user), *RecoveryCodes.objects.filter(user=user)):
        if device.verify_token(code):
            gave_code(user.get_username())
            return Checked(device)
    return Checked()


def new_secret() -> str:
    """Return a random secret of 160 bits for an app, in base 32 (RFC 4226, section 4)."""
    return b32encode(secrets.token_bytes(20)).decode()


def new_recovery_codes(user: User) -> list[str]:
    """Give the account new recovery codes in place of all others, and return them: they are stored as hashes alone."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCodes.objects.filter(user=user).delete()
        device = RecoveryCodes.objects.create(user=user, name="recovery codes")
        RecoveryCode.objects.bulk_create(RecoveryCode(device=device, digest=digest_of(code)) for code in codes)
    return codes


def recovery_codes_left(user: Any) -> int:
    return RecoveryCode.objects.filter(device__user=user).count()


def _recovery_code() -> str:
    letters = b32encode(secrets.token_bytes(20)).decode()[:_LETTERS]
    return "-".join(letters[place : place + _GROUP] for place in range(0, _LETTERS, _GROUP))
