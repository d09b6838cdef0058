"""Verifies that a webhook comes from the site, is unchanged and is recent (Standard Webhooks 1.0)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .errors import ClientError

# Allowed difference in seconds between the sender's clock and ours, in either direction.
TOLERANCE = 300


class WebhookRefused(ClientError):
    """Raised if a webhook is not from the site, or is too old: answer 400 and do nothing."""


class Webhook(NamedTuple):
    """A verified webhook. Its `id` is the same when it is delivered again: remember it to handle each only once."""

    id: str
    timestamp: int
    payload: dict[str, Any]


def verify_webhook(
    body: bytes,
    headers: Mapping[str, str],
    secrets: str | Iterable[str],
    *,
    now: float | None = None,
    tolerance: int = TOLERANCE,
) -> Webhook:
    """Return the webhook if it was signed with one of our secrets; otherwise raise WebhookRefused.

    body     the body as received, not parsed and serialized again
    headers  webhook-id, webhook-timestamp, webhook-signature; names in upper or lower case
    secrets  whsec_…; while a secret is being replaced, the old one and the new one
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        identifier, sent, signatures = (given[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
    except KeyError as missing:
        raise WebhookRefused(f"The header {missing} is missing.") from None
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 12):
        raise WebhookRefused("webhook-timestamp is not a number of seconds.")
    if abs((time.time() if now is None else now) - int(sent)) > tolerance:
        raise WebhookRefused("It was sent too long ago, or one of the clocks is wrong.")
    content = f"{identifier}.{sent}.".encode() + body
    expected = [_signature(secret, content) for secret in ([secrets] if isinstance(secrets, str) else secrets)]
    offered = [part.removeprefix("v1,").encode() for part in signatures.split() if part.startswith("v1,")]
    # Compare every pair in constant time, so that the duration reveals nothing about the right signature.
    matches = [hmac.compare_digest(one, other) for one in expected for other in offered]
    if not any(matches):
        raise WebhookRefused("No signature fits our secrets.")
    return Webhook(identifier, int(sent), _payload(body))


def _signature(secret: str, content: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ValueError("A secret is whsec_ and Base64.") from None
    if not key:
        raise ValueError("A secret is not empty.")
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256))


def _payload(body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(body)
    except ValueError:
        raise WebhookRefused("The body is not JSON.") from None
    if not isinstance(payload, dict):
        raise WebhookRefused("The body is not a JSON object.")
    return payload
