"""Say whom the site asks for a second factor: whoever has one, and whoever must (SECOND_FACTOR_ROLES).

A role is what an account may do, not the name of a group: an office may call its groups what it likes.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django_otp.models import Device

from .models import FACTORS

_RIGHTS = {
    "administrators": ("accounts.add_user", "accounts.change_user", "auth.change_group"),
    "press": ("press.answer_inquiry",),
    "everybody": ("wagtailadmin.access_admin",),
}


def has_factor(user: Any) -> bool:
    """Return whether the account has a factor. Recovery codes alone are none: they end."""
    return any(factor.objects.filter(user=user).exists() for factor in FACTORS)


def factors_of(user: Any) -> list[Device]:
    """Return what the account proves itself with, in the order in which it was added."""
    factors = [factor for model in FACTORS for factor in model.objects.filter(user=user)]
    return sorted(factors, key=lambda factor: factor.created_at)


def must_have_factor(user: Any) -> bool:
    """Return whether the account has a role that nobody fills with a password alone."""
    return any(user.has_perm(right) for role in settings.SECOND_FACTOR_ROLES for right in _RIGHTS[role])


def is_asked(user: Any) -> bool:
    """Return whether the password alone opens nothing to this account."""
    return has_factor(user) or must_have_factor(user)
