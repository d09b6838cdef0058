"""Limit how many requests a client may make per minute, counted in all processes of this machine. The only thing stored
about a client is a hash whose salt changes every day, until the next minute is over.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.security.networks import network_of
from core.security.shared_counts import SharedCounts

from .keys import known_key, record_use
from .models import digest_of
from .problems import Culprit, Problem

WINDOW_SECONDS = 60
# The cost of a request, in tenths: one answered with only "not modified", or with only the headers, costs one tenth.
WHOLE, TENTH = 10, 1


@dataclass(frozen=True)
class Client:
    """A client, identified by a hash. `policy` is the name of its quota of requests per minute; `key_ends` is the last
    day of its key, once that is near.
    """

    digest: str
    policy: str
    key_ends: date | None = None

    @property
    def quota(self) -> int:
        requests: int = settings.API_REQUESTS_PER_MINUTE[self.policy]
        return requests


def client_of(request: HttpRequest, sender: Client) -> Client:
    """Return the client for the request's key or, without a key, `sender`. Raise Problem for an invalid key."""
    authorization = request.headers.get("Authorization")
    if authorization is None:
        return sender
    scheme, _, key = authorization.partition(" ")
    known = known_key(key.strip()) if scheme.lower() == "bearer" and key.isascii() else None
    if known is None:
        raise _refused("invalid-key", "Send a valid key as “Authorization: Bearer …”, or none.")
    if known.is_revoked:
        raise _refused("revoked-key", "This key was revoked. Send no key, or ask the office for a new one.")
    if known.is_expired:
        detail = f"This key expired at the end of {known.expires_on}. Send no key, or ask the office for a new one."
        raise _refused("expired-key", detail)
    record_use(known)
    return Client(digest_of(key.strip())[:32], "key", known.expires_on if known.is_expiring else None)


def _refused(code: str, detail: str) -> Problem:
    culprit = Culprit(code, detail, parameter="Authorization")
    return Problem("invalid-key", detail, [culprit], headers={"WWW-Authenticate": "Bearer"})


def anonymous(request: HttpRequest) -> Client:
    """Return the client for the request's address; an IPv6 network (/64) counts as one client."""
    salt = _salt_of(timezone.now().date().isoformat(), settings.SECRET_KEY)
    return Client(hashlib.sha256(f"{salt}{network_of(request)}".encode()).hexdigest()[:32], "anonymous")


@lru_cache(maxsize=2)
def _salt_of(day: str, secret: str) -> str:
    return salted_hmac("api.limits", day, secret=secret).hexdigest()


@cache
def counts() -> SharedCounts:
    return SharedCounts(Path(settings.COUNTS_FILE))


class Meter:
    """Counts one request: call `charge` before the response is built, and `settle` after it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        now = int(time.time())
        self.left_seconds = WINDOW_SECONDS - now % WINDOW_SECONDS
        self._ends = now + self.left_seconds
        self._key = f"{self._ends} {client.digest}"
        self.used = 0

    def charge(self, request: HttpRequest) -> None:
        """Charge a request. Raise Problem if the quota is used up; a refused request costs a tenth."""
        cost = TENTH if request.method in ("HEAD", "OPTIONS") else WHOLE
        self.used = self._add(cost)
        if self.used > self.client.quota * WHOLE:
            self.used = self._add(TENTH - cost)
            wait = str(self.left_seconds)
            detail = f"{self.client.quota} requests a minute are allowed. Ask again in {wait} seconds."
            raise Problem("too-many-requests", detail, headers={"Retry-After": wait})

    def refuse(self) -> None:
        """Count a request that was refused before it was charged."""
        self.used = self._add(TENTH)

    def settle(self, response: HttpResponse) -> HttpResponse:
        """Refund most of the cost of a 304, and tell the client what is left of its quota."""
        if response.status_code == 304 and response.get("ETag"):
            self.used = self._add(TENTH - WHOLE)
        left = max(self.client.quota - -(-self.used // WHOLE), 0)
        response["RateLimit-Policy"] = f'"{self.client.policy}";q={self.client.quota};w={WINDOW_SECONDS}'
        if self.client.key_ends:
            response["API-Key-Last-Day"] = self.client.key_ends.isoformat()
        response["RateLimit"] = f'"{self.client.policy}";r={left};t={self.left_seconds}'
        return response

    def _add(self, cost: int) -> int:
        return counts().add(self._key, cost, self._ends)
