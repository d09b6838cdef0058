"""What the settings declare of the languages of the site, and which of them the reader reads."""

from __future__ import annotations

from babel import Locale as Cldr
from django.conf import settings
from django.utils.translation import get_language

from core.languages.language import Direction, Language, TextIn

# The order of the language bar, used everywhere.
DECLARED: dict[str, Language] = {language.code: language for language in settings.SITE_LANGUAGES}
LANGUAGE_CODES: tuple[str, ...] = tuple(DECLARED)
# Each language's name in that language (UN minimum standards for multilingual websites, rule 3).
NATIVE_NAMES = {code: language.native_name for code, language in DECLARED.items()}
RIGHT_TO_LEFT = frozenset(code for code, language in DECLARED.items() if language.direction == "rtl")
# The languages in which nothing that the site shows everywhere, such as the name of a topic, may be missing.
COMPLETE_LANGUAGES = tuple(code for code, language in DECLARED.items() if not language.is_being_introduced)


def language_name(language: str) -> str:
    """Return the name of a language in the reader's language."""
    return str(dict(settings.LANGUAGES).get(language, language))


def language_in_sentence(language: str) -> str:
    """Return the name of a language as it stands within a sentence of the reader's language."""
    return language_named_in(reader_language(), language)


def language_named_in(reader: str, language: str) -> str:
    """Return the name of a language as CLDR has it in another, or else in the default one."""
    for code in (reader, settings.LANGUAGE_CODE):
        if name := Cldr.parse(DECLARED[code].cldr_locale).languages.get(language.replace("-", "_")):
            return str(name) if code == reader else TextIn(name, code)
    return language


def direction(language: str) -> Direction:
    """Return the `dir` attribute, rtl or ltr, for text in this language."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def reader_language() -> str:
    """Return the language of the page being read: one of LANGUAGE_CODES. A regional variant is read as its language."""
    language = get_language() or settings.LANGUAGE_CODE
    known = (code for code in (language, language.partition("-")[0]) if code in LANGUAGE_CODES)
    return next(known, settings.LANGUAGE_CODE)


def reader() -> Language:
    """Return what is declared of the language of the page being read."""
    return DECLARED[reader_language()]


def languages_written_in(script: str) -> list[str]:
    """Return the codes of the languages of a script (ISO 15924)."""
    return [code for code, language in DECLARED.items() if language.script == script]


def default_first() -> list[str]:
    """Return all languages, the one that most readers of others understand first (decision 6)."""
    return sorted(LANGUAGE_CODES, key=lambda code: code != settings.LANGUAGE_CODE)
