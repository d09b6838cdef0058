"""Log who signed in, failed to and signed out, by the number of the account: never a name, nor what was typed."""

from __future__ import annotations

import logging
from typing import Any

from accounts.models import User

logger = logging.getLogger(__name__)


def signed_in(sender: Any, user: User, **_signal: Any) -> None:
    logger.info("Account %s signed in", user.pk)


def signed_out(sender: Any, user: User | None, **_signal: Any) -> None:
    if user is not None:
        logger.info("Account %s signed out", user.pk)


def failed(sender: Any, credentials: dict[str, Any], **_signal: Any) -> None:
    """Log an attempt in vain, with the account if there is one: a wrong name may be a password in the wrong field."""
    number = User.objects.filter(username=str(credentials.get("username", ""))).values_list("pk", flat=True).first()
    logger.warning(
        "Somebody failed to sign in to %s", f"account {number}" if number else "an account that does not exist"
    )
