"""Secrets and signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac

PREFIX = "whsec_"
_SALT = "publishing.webhooks.secret"


def new_seed() -> str:
    """What a secret is derived from; worthless without SECRET_KEY."""
    return secrets.token_hex(16)


def secret_of(seed: str) -> str:
    """The secret of a seed: 256 bits that only the holder of SECRET_KEY can derive, so none stands in the database."""
    return PREFIX + base64.b64encode(salted_hmac(_SALT, seed, algorithm="sha256").digest()).decode()


def signature(secret: str, message_id: str, moment: int, body: str) -> str:
    """`v1,` and the HMAC-SHA256 of id, time and body in base64. `moment`: seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{moment}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signed_headers(message_id: str, moment: datetime, body: str, live_secrets: Iterable[str]) -> dict[str, str]:
    """The three headers; the body is signed with each live secret, so that receivers may change over at leisure."""
    seconds = int(moment.timestamp())
    signatures = [signature(secret, message_id, seconds, body) for secret in live_secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signatures),
    }
