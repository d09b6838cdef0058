"""The terms that French and English words are found by."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import Stemmer

from .characters import folded
from .data import irregular_forms, spellings

_FRENCH_ENDINGS = (
    (re.compile("ees?$"), "e"),
    (re.compile("ite(s?)$"), r"ité\1"),
    (re.compile("iere(s?)$"), r"ière\1"),
    (re.compile("trices?$"), "teur"),
    # Verbs in the third person plural and words that look like them: vaccinent, résidente. Not words that end in -ment.
    (re.compile("(?<=.{5})(?<!m)ent(?:e|s|es)?$"), "er"),
)


def french_stem(word: str) -> str:
    """Return Snowball's stem of a folded word. Some endings first get back the accents that Snowball knows them by."""
    word = _irregular("fr").get(word, word)
    for pattern, replacement in _FRENCH_ENDINGS:
        word = pattern.sub(replacement, word)
    return folded(_snowball("french")(word))


def english_stem(word: str) -> str:
    """Return Snowball's stem of a folded word in British or American spelling."""
    word = _irregular("en").get(word, word)
    for pattern, replacement in _american():
        word = pattern.sub(replacement, word)
    return _snowball("english")(word)


@cache
def _snowball(name: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord
    return stem


@cache
def _irregular(language: str) -> dict[str, str]:
    return {folded(form): folded(base) for form, base in irregular_forms(language)}


@cache
def _american() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), re.sub(r"\$(\d)", r"\\\1", american)) for pattern, american in spellings())
