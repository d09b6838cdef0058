"""The code of a language of the site in a column."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

# Of a language tag that fits everything in use (RFC 5646, 4.4.1).
LONGEST_LANGUAGE_CODE = 35


class LanguageField(models.CharField):
    """One of the site's languages by its code. Migrations know it as text: which languages there are is a setting, and
    another one changes no table.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_LANGUAGE_CODE, "choices": settings.LANGUAGES, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
