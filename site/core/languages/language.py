"""What the site knows of a language. The languages themselves are declared in `config.settings.languages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.text import capfirst

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of the site.

    `code`: BCP 47. `name`: in English, translated by the catalogues. `native_name`: in the language itself. `script`:
    ISO 15924. `cldr`: the locale that writes its dates (default: the code). `open_graph`: as https://ogp.me writes it
    (default: the code, with an underscore). `analysis`: which rules search has for it; empty for those that fit any
    language. `quotation_marks`: opening and closing. `first_of_month`: the ordinal with which it writes the first day
    of a month, where CLDR's patterns have a plain 1. `is_being_introduced`: names of topics, desks and people may still
    be missing in it; they are then shown in the default language.
    """

    code: str
    name: Any
    native_name: str
    direction: Direction
    script: str
    cldr: str = ""
    open_graph: str = ""
    analysis: str = ""
    quotation_marks: tuple[str, str] = ("“", "”")
    first_of_month: str = ""
    is_being_introduced: bool = False

    @property
    def cldr_locale(self) -> str:
        return self.cldr or self.code.replace("-", "_")

    @property
    def format_code(self) -> str:
        """The BCP 47 code that makes browsers write dates as the site does."""
        return self.cldr_locale.replace("_", "-")

    @property
    def open_graph_locale(self) -> str:
        return self.open_graph or self.code.replace("-", "_")

    @property
    def comma(self) -> str:
        """The comma between the members of a list, with its space."""
        return "، " if self.script == "Arab" else ", "


class TextIn(str):
    """A text in a language other than the one it was asked for in, which whatever shows it has to mark."""

    language: str

    def __new__(cls, text: str, language: str) -> TextIn:
        found = super().__new__(cls, text)
        found.language = language
        return found

    def __reduce__(self) -> tuple[type[TextIn], tuple[str, str]]:
        return TextIn, (str(self), self.language)


def only_own(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts, by language, of those languages that have their own."""
    return {language: text for language, text in texts.items() if not isinstance(text, TextIn)}


def capitalized(text: str) -> str:
    """Return a text with a capital first letter, still marked with its language."""
    return TextIn(capfirst(text), text.language) if isinstance(text, TextIn) else capfirst(text)
