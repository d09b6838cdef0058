"""What an account proves itself with besides its password: devices of django-otp, which go with their account."""

from __future__ import annotations

import hashlib
from base64 import b32decode
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, TimestampMixin
from django_otp.oath import TOTP

from core.security.encryption import EncryptedTextField

if TYPE_CHECKING:
    from fido2.webauthn import AttestedCredentialData

STEP_SECONDS = 30
DIGITS = 6
# The code before and the code after are good as well: clocks differ, and people type slowly.
_TOLERANCE = 1


def step_of(secret: str, code: str, after: int = -1) -> int | None:
    """Return the time step (RFC 6238) whose code this is, if it is near now and later than `after`; otherwise None."""
    if not (code.isascii() and code.isdecimal() and len(code) == DIGITS):
        return None
    totp = TOTP(b32decode(secret), step=STEP_SECONDS, digits=DIGITS)
    return int(totp.t()) if totp.verify(int(code), tolerance=_TOLERANCE, min_t=after + 1) else None


class AuthenticatorApp(TimestampMixin, Device):
    """An app that shows codes. `secret`: in base 32, as apps take it; `last_step`: of the last code that was taken."""

    kind = _("authenticator app")
    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=-1)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    @property
    def remove_address(self) -> str:
        return reverse("second_factor_remove_app", args=[self.pk])

    def verify_token(self, token: str) -> bool:
        """Return whether this is a code of the app that nobody has used; of several who send it at once, one did."""
        step = step_of(self.secret, token, self.last_step)
        if step is None:
            return False
        unused = AuthenticatorApp.objects.filter(pk=self.pk, last_step__lt=step)
        return bool(unused.update(last_step=step, last_used_at=timezone.now()))


class Passkey(TimestampMixin, Device):
    """A key pair of an authenticator. `credential`: its id and public key (AttestedCredentialData of WebAuthn);
    `digest`: SHA-256 of the id; `sign_count`: how often the authenticator has signed, 0 if it does not count.
    """

    kind = _("passkey")
    credential = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    sign_count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    @property
    def remove_address(self) -> str:
        return reverse("second_factor_remove_passkey", args=[self.pk])

    @property
    def data(self) -> AttestedCredentialData:
        from fido2.webauthn import AttestedCredentialData

        return AttestedCredentialData(bytes(self.credential))


class RecoveryCodes(TimestampMixin, Device):
    """The codes that an account was given for the day when everything else is lost."""

    class Meta:
        verbose_name = _("recovery codes")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["user"], name="second_factor_one_set_of_codes")]

    def verify_token(self, token: str) -> bool:
        """Use the code up; return whether it was one."""
        used, _each = self.codes.filter(digest=digest_of(token)).delete()
        if used:
            RecoveryCodes.objects.filter(pk=self.pk).update(last_used_at=timezone.now())
        return bool(used)


class RecoveryCode(models.Model):
    """A code that was not used yet. It has 140 random bits, so that a plain hash of it says nothing (ASVS 6.5.2)."""

    device = models.ForeignKey(RecoveryCodes, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        """Return no more than which code it is."""
        return f"{self._meta.verbose_name} {self.pk}"


# What is a second factor by itself.
FACTORS: tuple[type[Device], ...] = (AuthenticatorApp, Passkey)

# Letters of base 32 that a digit is taken for; the alphabet has none of these digits.
_MISREAD = str.maketrans("018", "OIB")


def digest_of(code: str) -> str:
    """Return what is stored of a recovery code, however it is typed: its case, blanks and hyphens do not matter."""
    letters = "".join(letter for letter in code if letter.isalnum()).upper().translate(_MISREAD)
    return hashlib.sha256(letters.encode()).hexdigest()
