"""The terms that Arabic words are found by: a light stemmer, with every reading of what may be joined to a word."""

from __future__ import annotations

import re
from functools import cache

from .characters import folded
from .data import broken_plurals

_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# The proclitics for and, so, with, for and like; two of them if the first is "and" or "so".
_PROCLITIC = re.compile("[وفبلك](?=.{3})")
_TWO_PROCLITICS = re.compile("[وف][بلك](?=.{3})")
# The suffixes for their, our and your, and the plural before a noun or of a verb. Before the possessives and the dual,
# ة is written ت.
_ENCLITIC = re.compile("(?<=.{3})(?:هما|هم|هن|نا|كم|كن|وا|و)$")
_ENCLITIC_AFTER_TA = re.compile("(?<=.{3})ت(?:هما|هم|هن|نا|كم|كن|ها|ه|ي|ان|ين|ك)$")
# The indefinite accusative: عالقا, from عالق.
_ACCUSATIVE = re.compile("(?<=.{3})ا$")
# Names of countries: سوريا and سورية, أفريقيا and أفريقي.
_COUNTRY = re.compile("(?<=.{3})يا$")
_BARE = re.compile("(?:ال|وال|بال|كال|فال|لل)(?=.{2})")


def readings(word: str) -> tuple[str, ...]:
    """Return the stems of a folded word for each way to read it, that of the whole word first."""
    forms = [word]
    for pattern in (_PROCLITIC, _TWO_PROCLITICS):
        if match := pattern.match(word):
            forms.append(word[match.end() :])
    endings = (_ENCLITIC, _ENCLITIC_AFTER_TA, _ACCUSATIVE, _COUNTRY)
    shortened = [pattern.sub("", form) for form in forms for pattern in endings if pattern.search(form)]
    first, *others = [stem(form) for form in (*forms, *shortened)]
    # لبناني is found by لبنان, and that by لبن.
    others += [_without_endings(found) for found in (first, *others)]
    return tuple(dict.fromkeys(map(_singular, (first, *(other for other in others if len(other) >= 3)))))


def stem(word: str) -> str:
    """Return a folded word without its article and its feminine, dual, plural and possessive endings.

    The rules are those of Lucene's ArabicStemmer, except that "and" is one of the readings (it also begins وثيقة, and
    would be kept in الوثيقة).
    """
    for prefix in _ARTICLES:
        if word.startswith(prefix) and len(word) >= len(prefix) + 2:
            word = word[len(prefix) :]
            break
    return _without_endings(word)


def _without_endings(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word[: -len(ending)]
    return word


def bare(word: str) -> str:
    """Return a folded word without the article and what is joined to it, as people begin to type it."""
    match = _BARE.match(word)
    return word[match.end() :] if match else word


def _singular(found: str) -> str:
    return _singulars().get(found, found)


@cache
def _singulars() -> dict[str, str]:
    pairs = ((stem(folded(plural)), stem(folded(singular))) for plural, singular in broken_plurals())
    return {plural: singular for plural, singular in pairs if plural != singular and len(plural) >= 3}
