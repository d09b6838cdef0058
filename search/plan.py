"""How a query is understood, before any engine sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from core.languages.declared import LANGUAGE_CODES

from .documents import identifier
from .query import Plan, SearchQuery
from .synonyms import Glossary, Match

_QUOTED = re.compile(r'["“”«»„]\s*([^"“”«»„]+?)\s*["“”«»„]')
_QUOTATION_MARK = re.compile(r'["“”«»„]')
_LONGEST_IDENTIFIER = 60
_KIND_OF_IDENTIFIER = re.compile(r"^(?:isbn(?:1[03](?=\d{10,13}$))?|issn|doi)(?=\d)")
_MOST_ALTERNATIVES = 8
# How many expressions of one text are replaced (the rest stay as they are), and by how many equivalents each.
_MOST_REPLACED = 3
_MOST_EQUIVALENTS = {1: 8, 2: 2, 3: 1}


def plan_of(query: SearchQuery, glossary: Glossary) -> Plan:
    phrases = tuple(match.strip() for match in _QUOTED.findall(query.text) if match.strip())
    words = " ".join(_QUOTATION_MARK.sub(" ", _QUOTED.sub(" ", query.text)).split())
    text = " ".join(_QUOTATION_MARK.sub(" ", query.text).split())
    places = _places(glossary.matches(text, query.language))
    # Text in quotation marks is wanted as it is.
    own = [] if phrases else _texts(text, places, glossary, query.language, keep=True)
    elsewhere = {
        language: (
            *_unique(found for found in _texts(text, places, glossary, language, keep=False) if found != text),
            text,
        )
        for language in LANGUAGE_CODES
        if language != query.language
    }
    alternatives = tuple(_unique(found for found in own if found != text))
    return Plan(query, words, phrases, identifiers_in(query.text), alternatives, elsewhere)


def _places(matches: list[Match]) -> list[list[Match]]:
    """Group matches by their place in the text."""
    places: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        places.setdefault((match.start, match.end), []).append(match)
    return list(places.values())[:_MOST_REPLACED]


def _texts(text: str, places: list[list[Match]], glossary: Glossary, language: str, *, keep: bool) -> list[str]:
    """Return the text with its expressions in the words of a language, best first: in each place any of the
    equivalents.

    `keep`: each place may also stay as it is.
    """
    if not places:
        return []
    most = _MOST_EQUIVALENTS[len(places)]
    choices = [_equivalents(text, place, glossary, language, keep=keep)[: most + keep] for place in places]
    return [_replaced(text, places, chosen) for chosen in product(*choices)]


def _equivalents(text: str, place: list[Match], glossary: Glossary, language: str, *, keep: bool) -> list[str]:
    as_typed = text[place[0].start : place[0].end]
    equivalents = [
        other.text
        for match in place
        for other in glossary.groups[match.group].get(language, ())
        # The same stem means the same word only within a language: Irak is not found where English has Iraq.
        if not keep or other.stems != match.stems
    ]
    return [*([as_typed] if keep else []), *equivalents] or [as_typed]


def _replaced(text: str, places: list[list[Match]], chosen: Iterable[str]) -> str:
    parts, end = [], 0
    for place, words in zip(places, chosen, strict=True):
        parts += [text[end : place[0].start], words]
        end = place[0].end
    return "".join([*parts, text[end:]])


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))[:_MOST_ALTERNATIVES]


def identifiers_in(text: str) -> tuple[str, ...]:
    """Return the whole text if it looks like an ISBN, DOI or reference number: short, with a digit in it. Leave out the
    word that says which of them it is.
    """
    found = _KIND_OF_IDENTIFIER.sub("", identifier(text))
    looks_like_one = any(map(str.isdigit, found)) and len(found) >= 4 and len(text.split()) <= 6
    return (found,) if looks_like_one and len(found) <= _LONGEST_IDENTIFIER else ()
