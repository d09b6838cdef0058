"""Say why a code is not taken."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def wrong_code() -> str:
    return _("This code is not right, or was used before. Wait for the next one, and check the time of your telephone.")


def too_many_codes(seconds: int) -> str:
    """Return what the person at the second step reads when no code is looked at."""
    if seconds <= 60:
        return _("That was not right several times in a row. Please wait for a minute, then try again.")
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "There were too many wrong codes. Try again in %(minutes)s minute. If it was not you, somebody knows your "
        "password: change it, and tell the person who looks after the site.",
        "There were too many wrong codes. Try again in %(minutes)s minutes. If it was not you, somebody knows your "
        "password: change it, and tell the person who looks after the site.",
        minutes,
    ) % {"minutes": minutes}
