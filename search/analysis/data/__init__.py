"""Word lists of the languages, shared by all engines. A file has one entry per line; `#` starts a comment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def stop_words(language: str) -> tuple[str, ...]:
    """Return the words that carry no meaning for a search, including question words, as they are spelt; none for a
    language without a list.
    """
    name = f"stop_words.{language}.txt"
    return tuple(word for line in _lines(name) for word in line.split()) if (_FOLDER / name).exists() else ()


@cache
def broken_plurals() -> tuple[tuple[str, str], ...]:
    """Return the Arabic plurals that are formed inside the word, each with its singular, as they are spelt."""
    pairs = (line.split() for line in _lines("broken_plurals.ar.txt"))
    return tuple((plural, words[-1]) for words in pairs for plural in words[:-1])


@cache
def irregular_forms(language: str) -> tuple[tuple[str, str], ...]:
    """Return French and English words that no rule reduces to their base, each with its base, as they are spelt."""
    lines = (line.split() for line in _lines(f"irregular_forms.{language}.txt"))
    return tuple((form, words[-1]) for words in lines for form in words[:-1])


@cache
def spellings() -> tuple[tuple[str, str], ...]:
    """Return British spellings and their American replacements: regular expressions that match whole lowercase words,
    each with its replacement (`$1` for the first group).
    """
    return tuple((pattern, replacement) for pattern, replacement in map(str.split, _lines("spellings.en.txt")))


@cache
def elided_articles() -> tuple[str, ...]:
    """Return what remains of French words elided before a vowel, without the apostrophe."""
    return tuple(word for line in _lines("elided_articles.fr.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.partition("#")[0].strip())]
