"""How a query is understood, before any engine sees it."""

from __future__ import annotations

import re

from .documents import identifier
from .query import Plan, SearchQuery

_QUOTED = re.compile(r'["“”«»„]\s*([^"“”«»„]+?)\s*["“”«»„]')
_QUOTATION_MARK = re.compile(r'["“”«»„]')
_LONGEST_IDENTIFIER = 60


def plan_of(query: SearchQuery) -> Plan:
    phrases = tuple(match.strip() for match in _QUOTED.findall(query.text) if match.strip())
    words = " ".join(_QUOTATION_MARK.sub(" ", _QUOTED.sub(" ", query.text)).split())
    return Plan(query, words, phrases, _identifiers(query.text))


def _identifiers(text: str) -> tuple[str, ...]:
    """The whole text, where it looks like an ISBN, DOI or reference number: short, with a digit in it."""
    found = identifier(text)
    looks_like_one = any(map(str.isdigit, found)) and len(found) >= 4 and len(text.split()) <= 6
    return (found,) if looks_like_one and len(found) <= _LONGEST_IDENTIFIER else ()
