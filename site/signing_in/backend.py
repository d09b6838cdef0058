"""Check a password, whatever way it comes: the one backend that authenticates anybody (AUTHENTICATION_BACKENDS)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .guard import attempt_to_sign_in, signed_in
from .turnstile import RETRY_SECONDS, Crowded, one_at_a_time

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refusal:
    """Why no password was looked at: too many at this moment, or too many in vain; and when the next will be."""

    seconds: int
    is_crowded: bool = False


class GuardedBackend(ModelBackend):
    """Django's own backend behind the guard. What it refuses is said in `request.sign_in_refusal`."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **keywords: Any
    ) -> Any:
        """Return the user whose name and password these are, otherwise None. Raise PermissionDenied if the guard
        refuses to look at them.
        """
        name = username if username is not None else keywords.get("username")
        if name is None or password is None:
            return None
        try:
            with one_at_a_time():
                attempt = attempt_to_sign_in(request, name)
                if not attempt.seconds:
                    user = super().authenticate(request, username=name, password=password)
                    if user is not None:
                        signed_in(attempt)
                    return user
        except Crowded:
            refusal = Refusal(RETRY_SECONDS, is_crowded=True)
        else:
            refusal = Refusal(attempt.seconds)
        logger.warning("Refused to look at a password: %s", "crowded" if refusal.is_crowded else "too many in vain")
        if request is not None:
            request.sign_in_refusal = refusal  # type: ignore[attr-defined]
        raise PermissionDenied

    async def aauthenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **keywords: Any
    ) -> Any:
        """Do the same: Django's own would not."""
        return await sync_to_async(self.authenticate)(request, username=username, password=password, **keywords)
