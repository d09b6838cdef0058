"""Word lists of the three languages, shared by all engines. A file holds one entry a line; `#` begins a remark."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def stop_words(language: str) -> tuple[str, ...]:
    """Words that say nothing about what is looked for, as they are spelt, question words among them."""
    return tuple(word for line in _lines(f"stop_words.{language}.txt") for word in line.split())


@cache
def broken_plurals() -> tuple[tuple[str, str], ...]:
    """Arabic plurals that are formed inside the word, each with its singular, as they are spelt."""
    pairs = (line.split() for line in _lines("broken_plurals.ar.txt"))
    return tuple((plural, words[-1]) for words in pairs for plural in words[:-1])


@cache
def irregular_forms(language: str) -> tuple[tuple[str, str], ...]:
    """French and English words that no rule leads to their base, each with it, as they are spelt."""
    lines = (line.split() for line in _lines(f"irregular_forms.{language}.txt"))
    return tuple((form, words[-1]) for words in lines for form in words[:-1])


@cache
def spellings() -> tuple[tuple[str, str], ...]:
    """British spellings and the American ones in their place: regular expressions of whole words in small letters, and
    what takes their place (`$1` for the first group).
    """
    return tuple((pattern, replacement) for pattern, replacement in map(str.split, _lines("spellings.en.txt")))


@cache
def elided_articles() -> tuple[str, ...]:
    """What French leaves of a word before a vowel, without the apostrophe."""
    return tuple(word for line in _lines("elided_articles.fr.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]
