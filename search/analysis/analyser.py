from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from core.languages.declared import DECLARED

from . import arabic
from .characters import APOSTROPHES, WORD, folded, is_arabic
from .data import elided_articles, stop_words
from .latin import english_stem, french_stem

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_HYPHENS = "-\u2010\u2011"
_STEMS = {"fr": french_stem, "en": english_stem}
_SHORT_FORM = re.compile(f"((?:n[{APOSTROPHES}]t|[{APOSTROPHES}](?:s|re|ve|ll|d|m)))$")


class Token(NamedTuple):
    """A word of a text, from `start` to `end`.

    `word`: the folded form (lowercase, no accents or vowel signs). `stems`: the terms it is found by, one for each way
    to read it (Arabic proclitics); none for a stop word.
    """

    start: int
    end: int
    word: str
    stems: tuple[str, ...]


def tokens(text: str, language: str) -> Iterator[Token]:
    """Yield the words of a text in order.

    The second of two hyphenated words is also found by both joined together: pre-departure by predeparture.
    """
    before = Token(0, 0, "", ())
    elides = rules_of(language) == "fr"
    for match in WORD.finditer(text):
        start, word = match.start(), match[0]
        if elides:
            elided = _elided(word)
            start, word = start + elided, word[elided:]
        plain, stems = _analysed(word, language)
        if plain:
            if stems and before.word and before.end == start - 1 and text[before.end] in _HYPHENS:
                stems = (*stems, *_analysed(before.word + plain, language)[1])
            before = Token(start, match.end(), plain, stems)
            yield before


def stems(text: str, language: str) -> list[str]:
    """Return the first stem of each word that is not a stop word."""
    return [token.stems[0] for token in tokens(text, language) if token.stems]


def fold(word: str, language: str) -> str:
    return _analysed(word, language)[0]


def bare(word: str) -> str:
    """Return a folded word without the prefixes that Arabic joins to it."""
    return arabic.bare(word) if is_arabic(word) else word


def is_mostly_arabic(text: str) -> bool:
    """Return whether most letters of a text are of the Arabic script."""
    return sum(map(is_arabic, text)) * 2 > sum(map(str.isalpha, text))


def rules_of(language: str) -> str:
    """Return the language whose rules of inflection a text in `language` follows, or an empty string."""
    return DECLARED[language].analysis


def _follows_arabic(word: str, language: str) -> bool:
    return is_arabic(word) and (rules_of(language) == "ar" or DECLARED[language].script != "Arab")


def _elided(word: str) -> int:
    """Return the length of the French articles and pronouns elided onto the word: l’, qu’, jusqu’."""
    end = 0
    while (match := _APOSTROPHE.search(word, end)) and folded(word[end : match.start()]) in elided_articles():
        end = match.end()
    return end


@lru_cache(maxsize=1 << 16)
def _analysed(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return the folded word and its stems.

    Words in Arabic script follow the rules of Arabic in every language that is not written in this script itself; other
    words in an Arabic text follow none.
    """
    if rules_of(language) == "en" and (match := _SHORT_FORM.search(word.lower())):
        # migrant's becomes migrant; isn't and they're are stop words because is and they are.
        word = word[: match.start()] if match[1][-1] == "s" or is_stop_word(word[: match.start()], language) else word
    plain = folded(word)
    if not plain or is_stop_word(word, language):
        return plain, ()
    if _follows_arabic(plain, language):
        return plain, arabic.readings(plain)
    stem = None if is_arabic(plain) else _STEMS.get(rules_of(language))
    return plain, (stem(plain) if stem else plain,)


def is_stop_word(word: str, language: str) -> bool:
    """Return whether a word is a stop word.

    A word typed with accents must have exactly those of the stop word (sûr is not sur); one typed without them also
    matches the accented form (etait is était).
    """
    as_spelt, as_folded = _stop_words("ar" if _follows_arabic(word, language) else language)
    plain = folded(word)
    return word.lower() in as_spelt or (plain in as_folded and (plain == word.lower() or is_arabic(word)))


@cache
def _stop_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    words = stop_words(language)
    return frozenset(words), frozenset(map(folded, words))
