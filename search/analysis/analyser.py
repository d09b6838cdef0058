from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


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
    for match in _WORD.finditer(text):
        word = fold(match[0], language)
        yield Token(match.start(), match.end(), word, (word,))


def stems(text: str, language: str) -> list[str]:
    """The first stem of each word that is not a stop word."""
    return [token.stems[0] for token in tokens(text, language) if token.stems]


def fold(word: str, language: str) -> str:
    return word.lower()


def language_of_script(text: str) -> str:
    """`ar` where most letters are Arabic, else empty."""
    arabic = sum("\u0600" <= character <= "\u06ff" for character in text)
    return "ar" if arabic * 2 > sum(map(str.isalpha, text)) else ""
