"""The analysis of the three languages in one index: the public search's, its names led by the language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from search.engines.elasticsearch.analysis import analysis

LANGUAGES = ("ar", "en", "fr")
# The filter that leads Arabic plurals to their singulars; its rules are made when an index is.
PLURALS = "ar_singular"

Definitions = dict[str, Any]
_FILTERS = ("filter", "char_filter", "filters")


def _named_apart(language: str) -> Definitions:
    """The analysis of a language with the language in every name that it gives."""
    parts = analysis(language, ())
    own = {name for part in parts.values() for name in part}

    def named(names: str) -> str:
        return re.sub(r"\w+", lambda name: f"{language}_{name[0]}" if name[0] in own else name[0], names)

    def adapted(definition: Definitions) -> Definitions:
        lists = {key: [named(names) for names in definition[key]] for key in _FILTERS if key in definition}
        return {**definition, **lists}

    return {
        part: {named(name): adapted(definition) for name, definition in definitions.items()}
        for part, definitions in parts.items()
    }


def _merged(languages: Iterable[str]) -> Definitions:
    merged: Definitions = {}
    for language in languages:
        for part, definitions in _named_apart(language).items():
            merged.setdefault(part, {}).update(definitions)
    return merged


INDEX_SETTINGS: Definitions = {
    "settings": {
        "analysis": _merged(LANGUAGES),
        # The admin's search says the number of every page that the editor may see.
        "index": {"max_terms_count": 1_000_000, "auto_expand_replicas": "0-1"},
    }
}


def text(language: str) -> Definitions:
    """A field that finds all forms of a word; `exact`: the word as it is, but for accents, vowel signs and capitals."""
    exact = {"type": "text", "analyzer": f"{language}_exact"}
    return {"type": "text", "analyzer": f"{language}_text", "fields": {"exact": exact}}


def beginnings(language: str) -> Definitions:
    """A field that finds words by their beginnings; `words`: by any of their forms."""
    return {
        "type": "text",
        "analyzer": f"{language}_beginnings",
        "search_analyzer": f"{language}_begun",
        "fields": {"words": {"type": "text", "analyzer": f"{language}_text"}},
    }
