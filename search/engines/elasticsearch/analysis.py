"""How Elasticsearch cuts the text of each language into words, and words into what they are found by: as data.

Analyzers of an index: `text` (stems; what is read of a word in two ways is indexed both ways), `words` (the same for
what a reader types, one way), `readings` (the other ways, for what a reader types), `exact` (words as they are, without
accents and vowel signs), `surface` (words as they are spelt, for corrections), `beginnings` and `begun` (for
suggestions). Measured: docs/figures.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from search.analysis.data import elided_articles, spellings, stop_words

Definitions = dict[str, dict[str, Any]]

_INVISIBLE = ("\u00ad", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), "\u2060",
              *map(chr, range(0x2066, 0x206A)), "\ufeff")  # fmt: skip
_APOSTROPHES = "’‘ʼ`＇′ʹ"
_SAME_LETTERS = {"ی": "ي", "ک": "ك", "ٱ": "ا", "ھ": "ه", "ئ": "ء", "ؤ": "ء", "ىء": "ء", "يء": "ء"}
_NORMALISED = str.maketrans({**dict.fromkeys("أإآ", "ا"), "ة": "ه", "ى": "ي", "ئ": "ء", "ؤ": "ء", "ـ": None,
                             **dict.fromkeys(map(chr, range(0x064B, 0x0653)))})  # fmt: skip
_BEGINNINGS = {"type": "edge_ngram", "min_gram": 1, "max_gram": 20}
# Joined to the beginning of an Arabic word: and, so, with, for, like; before a word of three letters or more.
# Joined to its end: his, her, their, our, your; a final ة becomes ت before them.
_PROCLITIC = "^[وفبلك](?=.{3})"
_ENCLITIC = "(?<=.{3})ت?(ها|هم|هن|هما|نا|كم|كن|ه)$"
_FOLDED = ["lowercase", "decimal_digit", "arabic_normalization", "asciifolding"]


def analysis(language: str, plural_rules: Iterable[str]) -> dict[str, Any]:
    """The `analysis` part of an index's settings. `plural_rules`: of `plurals.plural_rules`, Arabic only."""
    text, readings, filters = _LANGUAGES[language](list(plural_rules))
    elided = ["elision"] if language == "fr" else []
    surface = {"ar": ["signs"]}.get(language, [])
    article = ["without_article"] if language == "ar" else []
    return {
        "char_filter": {
            "letters": {"type": "mapping", "mappings": _letters(language)},
            "split": {"type": "mapping", "mappings": ["'=>\\u0020"]},
            "signs": {"type": "pattern_replace", "pattern": "[\\u064b-\\u0652\\u0670\\u0640]", "replacement": ""},
        },
        "filter": {"beginnings": _BEGINNINGS, **filters},
        "analyzer": {
            "text": _analyzer(text),
            "words": _analyzer(readings["words"]),
            "readings": _analyzer(readings["other"]),
            "exact": _analyzer([*elided, *_FOLDED]),
            "surface": _analyzer([*elided, "lowercase", "decimal_digit"], *surface),
            "beginnings": _analyzer([*_FOLDED, *article, "beginnings"], "split"),
            "begun": _analyzer(_FOLDED, "split"),
        },
        "normalizer": {"sorted": {"type": "custom", "filter": _FOLDED}},
    }


def _analyzer(filters: list[str], *char_filters: str) -> dict[str, Any]:
    return {
        "type": "custom",
        "tokenizer": "standard",
        "char_filter": ["letters", *char_filters],
        "filter": filters,
    }


def _letters(language: str) -> list[str]:
    same = _SAME_LETTERS if language == "ar" else {}
    return [
        *(f"{mark}=>'" for mark in _APOSTROPHES),
        *(f"\\u{ord(mark):04x}=>" for mark in _INVISIBLE),
        *(f"{letter}=>{other}" for letter, other in same.items()),
    ]


def _arabic(plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    words = [*_FOLDED, "stop"]
    filters: Definitions = {
        "stop": {"type": "stop", "stopwords": sorted({normalised(word) for word in stop_words("ar")})},
        "stems": {"type": "stemmer", "language": "arabic"},
        # The stemmer takes "and" from وثيقة but not from الوثيقة; both lose it.
        "without_and": {"type": "pattern_replace", "pattern": "^و(?=.{3})", "replacement": ""},
        "without_proclitic": {"type": "pattern_replace", "pattern": _PROCLITIC, "replacement": ""},
        "without_enclitic": {"type": "pattern_replace", "pattern": _ENCLITIC, "replacement": ""},
        "without_article": {
            "type": "multiplexer",
            "filters": ["strip_article"],
        },
        "strip_article": {"type": "pattern_replace", "pattern": "^(وال|بال|كال|فال|لل|ال)(?=.{2})", "replacement": ""},
        "each_reading": {
            "type": "multiplexer",
            "preserve_original": False,
            "filters": [
                "stems",
                "without_proclitic, stems",
                "without_enclitic, stems",
                "without_proclitic, without_enclitic, stems",
            ],
        },
        "other_readings": {
            "type": "multiplexer",
            "preserve_original": False,
            "filters": ["without_proclitic, stems", "without_enclitic, stems"],
        },
        "singular": {"type": "stemmer_override", "rules": plural_rules or ["_ => _"]},
    }
    base = ["without_and", "singular", "remove_duplicates"]
    readings = {"words": [*words, "stems", *base], "other": [*words, "other_readings", *base]}
    return [*words, "each_reading", *base], readings, filters


def _english(_plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    filters: Definitions = {
        "possessive": {"type": "stemmer", "language": "possessive_english"},
        "stop": {"type": "stop", "stopwords": stop_words("en")},
        "stems": {"type": "stemmer", "language": "english"},
    }
    for number, (pattern, replacement) in enumerate(spellings()):
        filters[f"spelling_{number}"] = {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}
    spelt = [name for name in filters if name.startswith("spelling_")]
    words = ["possessive", *_FOLDED, "stop", *spelt, "stems"]
    return words, {"words": words, "other": words}, filters


def _french(_plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    filters: Definitions = {
        "elision": {"type": "elision", "articles_case": True, "articles": elided_articles()},
        "folded": {"type": "asciifolding"},
        "stop": {"type": "stop", "stopwords": stop_words("fr")},
        "stems": {"type": "stemmer", "language": "light_french"},
    }
    words = ["elision", "lowercase", "stop", *_FOLDED, "stems"]
    return words, {"words": words, "other": words}, filters


def normalised(word: str) -> str:
    """An Arabic word as `arabic_normalization` leaves it, after the letters that are the same to a reader."""
    return word.translate(_NORMALISED)


_LANGUAGES = {"ar": _arabic, "en": _english, "fr": _french}
