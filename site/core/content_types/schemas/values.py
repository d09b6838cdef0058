"""The values that documents are made of, each with its allowed choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.languages.declared import LANGUAGE_CODES

if TYPE_CHECKING:
    Locale = str
else:
    # A choice of the languages that the site declares, which no static type knows.
    Locale = Literal[LANGUAGE_CODES]
Role = Literal["home", "index", "tool", "legal", "content"]
Direction = Literal["rtl", "ltr"]
