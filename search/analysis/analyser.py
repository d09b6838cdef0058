from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from . import arabic
from .characters import APOSTROPHES, WORD, folded, is_arabic
from .data import elided_articles, stop_words
from .latin import english_stem, french_stem

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_HYPHENS = "-\u2010\u2011"
_SHORT_FORM = re.compile(f"((?:n[{APOSTROPHES}]t|[{APOSTROPHES}](?:s|re|ve|ll|d|m)))$")


@dataclass(frozen=True)
class Token:
    """A word of a text: the text from `start` to `end`. `word`: folded (small letters, no accents or vowel signs).
    `stems`: what it is found by, one for each way to read it (Arabic proclitics); none for a stop word.
    """

    start: int
    end: int
    word: str
    stems: tuple[str, ...]


def tokens(text: str, language: str) -> Iterator[Token]:
    """Words in the order of the text. The second of two words with a hyphen between them is found by both together too:
    pre-departure is predeparture.
    """
    before = Token(0, 0, "", ())
    for match in WORD.finditer(text):
        start, word = match.start(), match[0]
        if language == "fr":
            elided = _elided(word)
            start, word = start + elided, word[elided:]
        plain, stems = _analysed(word, language)
        if plain:
            if stems and before.word and before.end == start - 1 and text[before.end] in _HYPHENS:
                stems = (*stems, *_analysed(before.word + plain, language)[1])
            before = Token(start, match.end(), plain, stems)
            yield before


def stems(text: str, language: str) -> list[str]:
    """The first stem of each word that is not a stop word."""
    return [token.stems[0] for token in tokens(text, language) if token.stems]


def fold(word: str, language: str) -> str:
    return _analysed(word, language)[0]


def bare(word: str) -> str:
    """A folded word without what Arabic joins to its beginning."""
    return arabic.bare(word) if is_arabic(word) else word


def language_of_script(text: str) -> str:
    """`ar` where most letters are Arabic, else empty."""
    arabic_letters = sum(map(is_arabic, text))
    return "ar" if arabic_letters * 2 > sum(map(str.isalpha, text)) else ""


def _elided(word: str) -> int:
    """The length of the French articles and pronouns that are written onto the word: l’, qu’, jusqu’."""
    end = 0
    while (match := _APOSTROPHE.search(word, end)) and folded(word[end : match.start()]) in elided_articles():
        end = match.end()
    return end


@lru_cache(maxsize=1 << 16)
def _analysed(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    """The folded word and its stems. Words in Arabic script follow the rules of Arabic in every language, other words
    in an Arabic text none.
    """
    if language == "en" and (match := _SHORT_FORM.search(word.lower())):
        # migrant's is migrant; isn't and they're are stop words as is and they are.
        word = word[: match.start()] if match[1][-1] == "s" or is_stop_word(word[: match.start()], language) else word
    plain = folded(word)
    if not plain or is_stop_word(word, language):
        return plain, ()
    if is_arabic(plain):
        return plain, arabic.readings(plain)
    stem = {"fr": french_stem, "en": english_stem}.get(language)
    return plain, (stem(plain) if stem else plain,)


def is_stop_word(word: str, language: str) -> bool:
    """A word with an accent is one only with this accent: sûr is not sur, but etait is était."""
    as_spelt, as_folded = _stop_words("ar" if is_arabic(word) else language)
    plain = folded(word)
    return word.lower() in as_spelt or (plain in as_folded and (plain == word.lower() or is_arabic(word)))


@cache
def _stop_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    words = stop_words(language)
    return frozenset(words), frozenset(map(folded, words))
