"""Refuse passwords that are guessed in few tries (AUTH_PASSWORD_VALIDATORS, beside the ones that Django has)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The best of zxcvbn's scores, 0 to 4: more than 10^10 guesses.
SCORE_WANTED = 4
# The library looks at no more, since its time grows with the square.
_LENGTH_JUDGED = 72
_ABOUT_THE_ACCOUNT = ("username", "first_name", "last_name", "email")


class GuessableValidator:
    """Judges a password by the guesses that somebody needs who knows common words, names, dates, keyboards and the
    account (zxcvbn). It takes the place of Django's validators of similarity and of digits.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is guessed too easily."""
        # Loaded here: it reads lists of words, and few requests set a password.
        from zxcvbn import zxcvbn

        judged = zxcvbn(password[:_LENGTH_JUDGED], user_inputs=_known_words(user))
        if judged["score"] < SCORE_WANTED:
            raise ValidationError(
                _(
                    "This password can be guessed. Names, dates, common words and rows of keys make it weak; four or "
                    "five words that have nothing to do with each other make it strong."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _(
            "Take four or five words that have nothing to do with each other, in any language: no names, dates, or "
            "words about you or the office."
        )


def _known_words(user: Any) -> list[str]:
    """Return what somebody who attacks this account tries first."""
    texts = [settings.WAGTAIL_SITE_NAME, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""]
    texts += [str(getattr(user, name, "") or "") for name in _ABOUT_THE_ACCOUNT]
    return [*texts, *(word for text in texts for word in re.findall(r"\w{3,}", text))]
