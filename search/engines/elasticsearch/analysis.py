"""How Elasticsearch splits the text of each language into words, and words into the terms they are found by: as data.

Analyzers of an index: `text` (stems; a word that can be read in two ways is indexed both ways), `words` (the same for
what a reader types, read one way), `readings` (the other ways to read what a reader types), `exact` (words as they are,
without accents and vowel signs), `surface` (words as they are spelt, for corrections), `beginnings` and `begun` (for
suggestions). Measurements: docs/figures.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.languages.declared import DECLARED
from search.analysis import rules_of
from search.analysis.data import elided_articles, irregular_forms, spellings, stop_words

Definitions = dict[str, dict[str, Any]]

_INVISIBLE = ("\u00ad", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), "\u2060",
              *map(chr, range(0x2066, 0x206A)), "\ufeff")  # fmt: skip
_APOSTROPHES = "’‘ʼ`＇′ʹ"
_SAME_LETTERS = {"ی": "ي", "ک": "ك", "ٱ": "ا", "ھ": "ه", "ئ": "ء", "ؤ": "ء", "ىء": "ء", "يء": "ء"}
_NORMALISED = str.maketrans({**dict.fromkeys("أإآ", "ا"), "ة": "ه", "ى": "ي", "ئ": "ء", "ؤ": "ء", "ـ": None,
                             **dict.fromkeys(map(chr, range(0x064B, 0x0653)))})  # fmt: skip
_BEGINNINGS = {"type": "edge_ngram", "min_gram": 1, "max_gram": 20}
# The stemmer strips an initial و ("and") from every word without an article. Some words begin with it (وثيقة, الوثيقة),
# so it is hidden from the stemmer and stripped in a reading of its own.
ARABIC_STEMS: Definitions = {
    "hide_and": {"type": "pattern_replace", "pattern": "^و(?!ال)", "replacement": "ۋ"},
    "stems": {"type": "stemmer", "language": "arabic"},
    "show_and": {"type": "pattern_replace", "pattern": "^ۋ", "replacement": "و"},
}
STEMMING = ["hide_and", "stems", "show_and"]
_JOINED = {
    # The proclitics for and, so, with, for and like; two of them if the first is "and" or "so".
    "proclitic": "^[ۋفبلك](?=.{3})",
    "proclitics": "^[ۋف][بلك](?=.{3})",
    # The suffixes for their, our and your; the ending of countries (سوريا and سورية, أفريقيا and أفريقي).
    "enclitic": "(?<=.{3})(هما|هم|هن|نا|كم|كن|يا)$",
    # Before these suffixes and the dual, ة is written ت.
    "enclitic_after_ta": "(?<=.{3})ت(هما|هم|هن|نا|كم|كن|ها|ه|ي|ان|ين|ك)$",
    # The indefinite accusative: عالقا, from عالق.
    "accusative": "(?<=.{3})ا$",
}
_OTHER_READINGS = [
    # لبناني is found by لبنان, and that by لبن.
    "stems, stems",
    "proclitic, hide_and, stems",
    "proclitics, hide_and, stems",
    "enclitic, stems",
    "enclitic_after_ta, stems",
    "accusative, stems",
    "proclitic, enclitic, hide_and, stems",
    "proclitic, enclitic_after_ta, hide_and, stems",
    "proclitic, accusative, hide_and, stems",
]
_FOLDED = ["lowercase", "decimal_digit", "arabic_normalization", "asciifolding"]


def analysis(language: str, plural_rules: Iterable[str]) -> dict[str, Any]:
    """Return the `analysis` part of an index's settings. `plural_rules`: from `plurals.plural_rules`, Arabic only."""
    rules = rules_of(language)
    text, readings, filters = _RULES[rules](list(plural_rules)) if rules else _plain(language)
    elided = ["elision"] if rules == "fr" else []
    surface = ["signs"] if DECLARED[language].script == "Arab" else []
    article = ["without_article"] if rules == "ar" else []
    return {
        "char_filter": {
            "letters": {"type": "mapping", "mappings": _letters(language)},
            # Two hyphenated words are also found by both joined together: predeparture.
            "joined": {
                "type": "pattern_replace",
                "pattern": "(?<![\\p{L}\\p{M}\\p{N}-])(\\p{L}{1,12})[-\u2010\u2011](\\p{L}+)(?![\\p{L}\\p{M}\\p{N}-])",
                "replacement": "$1 $2 $1$2",
            },
            "split": {"type": "mapping", "mappings": ["'=>\\u0020"]},
            "signs": {"type": "pattern_replace", "pattern": "[\\u064b-\\u0652\\u0670\\u0640]", "replacement": ""},
        },
        "filter": {"beginnings": _BEGINNINGS, **filters},
        "analyzer": {
            "text": _analyzer(text, "joined"),
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
    same = _SAME_LETTERS if DECLARED[language].script == "Arab" else {}
    return [
        *(f"{mark}=>'" for mark in _APOSTROPHES),
        *(f"\\u{ord(mark):04x}=>" for mark in _INVISIBLE),
        *(f"{letter}=>{other}" for letter, other in same.items()),
    ]


def _arabic(plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    words = [*_FOLDED, "stop"]
    filters: Definitions = {
        "stop": {"type": "stop", "stopwords": sorted({normalised(word) for word in stop_words("ar")})},
        **ARABIC_STEMS,
        **{name: _without(pattern) for name, pattern in _JOINED.items()},
        "without_article": {"type": "multiplexer", "filters": ["article"]},
        "article": _without("^(وال|بال|كال|فال|لل|ال)(?=.{2})"),
        "each_reading": _readings(["stems", *_OTHER_READINGS]),
        "other_readings": _readings(_OTHER_READINGS),
        "singular": {"type": "stemmer_override", "rules": plural_rules or ["_ => _"]},
    }
    ends = ["show_and", "singular"]
    readings = {"words": [*words, *STEMMING, "singular"], "other": [*words, "hide_and", "other_readings", *ends]}
    return [*words, "hide_and", "each_reading", *ends, "remove_duplicates"], readings, filters


def _without(pattern: str) -> dict[str, Any]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": ""}


def _readings(chains: list[str]) -> dict[str, Any]:
    return {"type": "multiplexer", "preserve_original": False, "filters": chains}


def _english(_plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    filters: Definitions = {
        "possessive": {"type": "stemmer", "language": "possessive_english"},
        "stop": {"type": "stop", "stopwords": stop_words("en")},
        "irregular": _irregular("en"),
        "stems": {"type": "stemmer", "language": "porter2"},
    }
    for number, (pattern, replacement) in enumerate(spellings()):
        filters[f"spelling_{number}"] = {"type": "pattern_replace", "pattern": pattern, "replacement": replacement}
    spelt = [name for name in filters if name.startswith("spelling_")]
    words = ["possessive", *_FOLDED, "stop", "irregular", *spelt, "stems"]
    return words, {"words": words, "other": words}, filters


def _french(_plural_rules: list[str]) -> tuple[list[str], dict[str, list[str]], Definitions]:
    filters: Definitions = {
        "elision": {"type": "elision", "articles_case": True, "articles": elided_articles()},
        "stop": {"type": "stop", "stopwords": stop_words("fr")},
        "irregular": _irregular("fr"),
        # Verbs in the third person plural and words that look like them: vaccinent, résidente. Not words that end in
        # -ment.
        "they": {"type": "pattern_replace", "pattern": "(?<=.{5})(?<!m)ent(e|s|es)?$", "replacement": "er"},
        "stems": {"type": "stemmer", "language": "light_french"},
    }
    words = ["elision", "lowercase", "stop", *_FOLDED, "irregular", "they", "stems"]
    return words, {"words": words, "other": words}, filters


def _plain(language: str) -> tuple[list[str], dict[str, list[str]], Definitions]:
    """Analyse a language that has no rules of its own: words as they are, folded, without those of its list."""
    words = [*_FOLDED, "stop"]
    filters: Definitions = {"stop": {"type": "stop", "stopwords": sorted(map(normalised, stop_words(language)))}}
    return [*words], {"words": words, "other": words}, filters


def _irregular(language: str) -> dict[str, Any]:
    """Return a filter that replaces a form by its base, which the stemmer then treats like any other word."""
    return {
        "type": "synonym",
        "lenient": True,
        "synonyms": [f"{form} => {base}" for form, base in irregular_forms(language)],
    }


def normalised(word: str) -> str:
    """Return an Arabic word as `arabic_normalization` leaves it, after unifying equivalent letters."""
    return word.translate(_NORMALISED)


_RULES = {"ar": _arabic, "en": _english, "fr": _french}
