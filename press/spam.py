"""Defence against spam that watches nobody: a field that only programs fill, a moment to think, a limit for each
network, and a look at what was written. Nothing is thrown away: what is doubtful is asked for again, or marked for the
officers.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
import time
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from core.networks import network_of
from press.models.inquiry import Suspicion

TRAP = "company_address"
STAMP = "stamp"
_SALT = "press.inquiry.stamp"
# Nobody reads the form and writes a question in less.
MINIMUM_AGE = timedelta(seconds=3)
# A newsroom often shares one network.
SENT_AN_HOUR = 20
_HOUR = 3600
_MOST_LINKS = 5
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s|\[url|\[link", re.IGNORECASE)


class Doubt(Enum):
    """Why the form is shown once more."""

    TRAP = "trap"
    STAMP = "stamp"
    HASTE = "haste"


def new_stamp() -> str:
    """A signed moment with a number of its own. It never gets too old, and readers of a cached page may share it."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(12))


def doubt_about(sent: Mapping[str, str]) -> Doubt | None:
    """What makes a sent form look like a program's, None where nothing does."""
    if sent.get(TRAP):
        return Doubt.TRAP
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(sent.get(STAMP, ""))
    except signing.BadSignature:
        return Doubt.STAMP
    try:
        signer.unsign(sent.get(STAMP, ""), max_age=MINIMUM_AGE)
    except signing.SignatureExpired:
        return None
    return Doubt.HASTE


def suspicion_of(*, name: str, outlet: str, question: str) -> Suspicion | None:
    """Why what was written may be spam, for the officers; None for most."""
    if _LINK.search(f"{name} {outlet}"):
        return Suspicion.LINK_IN_NAME
    if _MARKUP.search(question):
        return Suspicion.MARKUP
    if len(_LINK.findall(question)) > _MOST_LINKS:
        return Suspicion.MANY_LINKS
    return None


def is_over_limit(request: HttpRequest, counted: str = "inquiries") -> bool:
    """Count one inquiry, or one of what else is `counted`, of the sender's network; returns whether there were too many
    this hour.

    Nothing of the network is stored but a hash in the cache, whose salt is thrown away with the day. An address that is
    not of the public internet says nothing of who sends (a proxy that names nobody), and is not counted.
    """
    network = network_of(request)
    if not network or not ipaddress.ip_network(network).is_global:
        return False
    day = timezone.now().date().isoformat()
    salt = cache.get_or_set(f"press-salt-{day}", lambda: secrets.token_hex(16), 24 * _HOUR)
    digest = hashlib.sha256(f"{salt}{network}".encode()).hexdigest()
    key = f"press-{counted}-{int(time.time()) // _HOUR}-{digest}"
    cache.add(key, 0, 2 * _HOUR)
    try:
        return cache.incr(key) > SENT_AN_HOUR
    except ValueError:  # dropped between the two, by a cache that is full
        return False
