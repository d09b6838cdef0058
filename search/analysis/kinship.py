"""Words of the same family that no rule of inflection connects: a last resort if no text contains a word itself."""

from __future__ import annotations

import re

from .arabic import stem
from .characters import is_arabic

_SHORTEST = 5
_ROOT = 3
# Letters that come and go inside Arabic words.
_WEAK = re.compile("(?<=.)[اويء]")
# Prefixes of a root, longest first, and the ت after its first letter, as in اجتمع.
_BEFORE = re.compile("است|مست|يست|تست|نست|مت|يت|ان|من|ين|[متيناس]")
_TA_INSIDE = re.compile("(?<=^.)ت(?=..$)")


def roots(word: str) -> tuple[str, ...]:
    """Return the possible roots of a folded Arabic word: three letters, which make تسجيل, مسجل and سجلات one family.
    Return none for any other word.
    """
    if not is_arabic(word):
        return ()
    found = stem(word)
    forms = [found, *(found[len(before) :] for before in _beginnings(found))]
    bare = [_WEAK.sub("", form) for form in forms if len(form) >= _ROOT]
    bare += [_TA_INSIDE.sub("", form) for form in bare]
    return tuple(dict.fromkeys(form for form in bare if len(form) == _ROOT))


def _beginnings(word: str) -> set[str]:
    match = _BEFORE.match(word)
    return {match[0], match[0][0]} if match else set()


def are_related(one: str, other: str) -> bool:
    """Return whether two French or English stems share most of their beginning: recogn- and recognit-."""
    shared = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    longest = max(len(one), len(other))
    return shared >= _SHORTEST and shared >= longest - 4 and not is_arabic(one)
