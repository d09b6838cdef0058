"""Defence against spam that watches nobody: a field that only programs fill in, a moment to think, a limit for each
network, and a look at what was written.

Nothing is thrown away: doubtful forms must be sent again, or are marked for the officers.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

from django.core import signing
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.security.networks import sender_of
from core.security.rate_limits import HOUR, count

TRAP = "company_address"
STAMP = "stamp"
_SALT = "press.inquiry.stamp"
# Nobody reads the form and writes a question in less time.
MINIMUM_AGE = timedelta(seconds=3)
# A newsroom, and in parts of the region a whole provider, often shares one network.
SENT_AN_HOUR = 20
# Whatever they contain: each costs a page.
FORMS_AN_HOUR = 200
# How many networks the senders whose network is not known count as.
UNKNOWN_SENDERS = 10
_MOST_LINKS = 5
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s|\[url|\[link", re.IGNORECASE)


class Suspicion(models.TextChoices):
    """Why an inquiry may be spam."""

    LINK_IN_NAME = "link-in-name", _("there is a link in the name or the media outlet")
    MARKUP = "markup", _("there are links in the question, in the markup of web pages")
    MANY_LINKS = "many-links", _("there are many links in the question")
    NO_PROOF = "no-proof", _("it came without a proof of work: from a browser without JavaScript, or from a program")


class Doubt(Enum):
    """Why the form is shown once more."""

    TRAP = "trap"
    STAMP = "stamp"
    HASTE = "haste"


def new_stamp() -> str:
    """Return a signed moment with a number of its own. It never gets too old, and readers of a cached page may share
    it.
    """
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(12))


def doubt_about(sent: Mapping[str, str]) -> Doubt | None:
    """Return what makes a form look as if a program sent it; None if nothing does."""
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
    """Return why the text may be spam, for the officers; None for most."""
    if _LINK.search(f"{name} {outlet}"):
        return Suspicion.LINK_IN_NAME
    if _MARKUP.search(question):
        return Suspicion.MARKUP
    if len(_LINK.findall(question)) > _MOST_LINKS:
        return Suspicion.MANY_LINKS
    return None


def is_over_limit(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more of `what` for the sender's network; return whether that was too many this hour.

    Senders about whom the proxy says nothing are counted together, with a limit of their own.
    """
    who = sender_of(request)
    return count(f"press-{what}", who, window=HOUR).used > (most if who else most * UNKNOWN_SENDERS)
