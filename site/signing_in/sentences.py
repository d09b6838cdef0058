"""Say why somebody must wait."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .backend import Refusal


def sentence_of(refusal: Refusal) -> str:
    """Return what the person at the form for signing in reads, in the language of the page."""
    if refusal.is_crowded:
        return _("Many people are signing in at this moment. Please try again in a few seconds.")
    if refusal.seconds <= 60:
        return _("That was not right several times in a row. Please wait for a minute, then try again.")
    minutes = math.ceil(refusal.seconds / 60)
    return ngettext(
        "Signing in is locked because of too many wrong passwords. Try again in %(minutes)s minute. If you cannot "
        "wait, or if it was not you, ask the person who looks after the site, who can unlock your account.",
        "Signing in is locked because of too many wrong passwords. Try again in %(minutes)s minutes. If you cannot "
        "wait, or if it was not you, ask the person who looks after the site, who can unlock your account.",
        minutes,
    ) % {"minutes": minutes}


def too_many_mails() -> str:
    return _("Too many new passwords were asked for from your network. Please try again in an hour.")
