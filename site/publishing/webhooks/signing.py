"""Secrets and signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

PREFIX = "whsec_"
_SALT = "publishing.webhooks.secret"


def new_seed() -> str:
    """Return a new seed to derive a secret from; it is worthless without SECRET_KEY."""
    return secrets.token_hex(16)


def secret_of(seed: str) -> str:
    """Return the secret of a seed: 256 bits that only the holder of SECRET_KEY can derive; the database has none."""
    return PREFIX + base64.b64encode(salted_hmac(_SALT, seed, algorithm="sha256").digest()).decode()


def signed_headers(message_id: str, moment: datetime, body: str, live_secrets: Iterable[str]) -> dict[str, str]:
    """Return the three headers. Each live secret signs the body, so that receivers can switch when it suits them."""
    at = moment.astimezone(UTC)  # `sign` takes the wall clock time of any other zone for UTC
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(message_id, at, body) for secret in live_secrets),
    }
