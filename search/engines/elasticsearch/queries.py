"""Queries for good matches of a plan, and for any matches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.content_types.registry import types_that_age
from search.analysis import rules_of
from search.analysis.data import stop_words
from search.query import Plan
from search.results import Stage

Query = dict[str, Any]

_FIELDS = ("title^4", "summary^2", "body", "meta", "names")
_EXACT_FIELDS = ("title.x^4", "summary.x^2", "body.x", "meta.x")
_TITLE = ("title",)
_MOST_WORDS = 40
# Higher than any score of words, so that the order is: identifiers, good matches, the rest.
_IDENTIFIER_BOOST = 10_000
_STRONG_BOOST = 1000
# Up to two words must all match; of more words, three quarters (rounded down) or half (rounded up).
_ALL_OF_SO_MANY = 2
_MOST_WORDS_MATCH = f"{_ALL_OF_SO_MANY}<75%"
_HALF_MATCHES = f"{_ALL_OF_SO_MANY}<-50%"
_SHORTEST_BEGINNING = 3
# The weight of a match by words that mean the same.
_EQUIVALENT = 0.8


@dataclass(frozen=True)
class Matching:
    """The queries of one stage. `strong`: matches well. `weak`: matches at all, scored by how well. `marked`: the words
    to highlight in what is found, without the parts that make highlighting slow.
    """

    strong: Query
    weak: Query
    marked: Query

    def ranked(self) -> Query:
        """Return a query for everything that matches, good matches first."""
        boosted = {"constant_score": {"filter": self.strong, "boost": _STRONG_BOOST}}
        return {"bool": {"must": self.weak, "should": [boosted]}}


def matching(plan: Plan, stage: Stage) -> Matching:
    """Return the queries of a stage that searches in the reader's own language."""
    if stage == "fuzzy":
        fuzzy = _with_phrases(plan, _fuzzy(plan.words, plan.language), exact=False)
        return Matching(fuzzy, fuzzy, fuzzy)
    relaxed = stage == "relaxed"
    least = _HALF_MATCHES if relaxed else _MOST_WORDS_MATCH
    texts = _texts(plan)
    matches = [_words(text, least, plan.language) for text in texts]
    if relaxed:
        matches += [_across(text, _TITLE, "1") for text in texts]
    strong = _with_phrases(plan, _any_of(matches), exact=not relaxed)
    weak = _with_phrases(plan, _any_of([_words(text, "1", plan.language) for text in texts]), exact=False)
    if plan.identifiers:
        identified = {"constant_score": {"filter": _identifiers(plan), "boost": _IDENTIFIER_BOOST}}
        strong, weak = _either(strong, identified), _either(weak, identified)
    return Matching(strong, _with_extras(plan, weak), marked([*texts, *plan.phrases], plan.language))


def marked(texts: Iterable[str], language: str) -> Query:
    """Return a query for all words of these texts, each once."""
    words = " ".join(dict.fromkeys(word for text in texts for word in text.split()))
    queries = [_any_word(words)]
    if rules_of(language) == "ar":
        queries.append(_any_word(words, analyzer="readings"))
    return {"bool": {"should": queries}}


def _any_word(words: str, **options: Any) -> Query:
    return {"multi_match": {"query": words, "fields": ["title", "summary", "body"], "type": "most_fields", **options}}


def makes_sense(plan: Plan, stage: Stage) -> bool:
    """Return whether a stage may find anything that the first one does not."""
    return stage != "relaxed" or bool(plan.phrases) or len(plan.words.split()) > 1


def in_other_language(plan: Plan, language: str) -> Query:
    """Return a query for good matches of the plan in another language."""
    return _any_of([_words(text, _MOST_WORDS_MATCH, language) for text in texts_in(plan, language)])


def texts_in(plan: Plan, language: str) -> tuple[str, ...]:
    return plan.elsewhere.get(language) or (plan.words,)


def _texts(plan: Plan) -> list[str]:
    return [text for text in (plan.words, *plan.alternatives) if text.strip()]


def _identifiers(plan: Plan) -> Query:
    return {"terms": {"identifiers": list(plan.identifiers)}}


def _words(text: str, least: str, language: str) -> Query:
    """Return a query for the words of a text. `least`: how many of them a document must have, anywhere.

    A word that can be read in two ways counts in either; stop words count if there is nothing else.
    """
    text = " ".join(text.split()[:_MOST_WORDS])
    found = _across(text, _FIELDS, least)
    queries = [found, {**_across(text, _EXACT_FIELDS, "100%", boost=0.5)}]
    if rules_of(language) == "ar":
        queries.append(_across(text, _FIELDS, least, analyzer="readings", boost=0.8))
    return {"dis_max": {"queries": queries, "tie_breaker": 0.1}}


def _across(text: str, fields: tuple[str, ...], least: str, **options: Any) -> Query:
    settings = {"type": "cross_fields", "minimum_should_match": least, **options}
    return {"multi_match": {"query": text, "fields": list(fields), **settings}}


def _any_of(queries: list[Query]) -> Query:
    """Return a query in which the best match counts, and the others a little. The first is what the reader typed, and
    has more weight.
    """
    if not queries:
        return {"match_none": {}}
    typed, *others = queries
    equivalents = [{"bool": {"must": other, "boost": _EQUIVALENT}} for other in others]
    return {"dis_max": {"queries": [typed, *equivalents], "tie_breaker": 0.1}} if others else typed


def _either(one: Query, other: Query) -> Query:
    return {"dis_max": {"queries": [one, other]}}


def _with_phrases(plan: Plan, words: Query, *, exact: bool) -> Query:
    """Add to the words everything that was in quotation marks, as it was typed (`exact`) or also by its stems."""
    if not plan.phrases:
        return words
    phrases = [_phrase(phrase, exact=exact) for phrase in plan.phrases]
    if not plan.words:
        return {"bool": {"must": phrases}}
    return {"bool": {"must": phrases, "should": [words]}} if not exact else {"bool": {"must": [*phrases, words]}}


def _phrase(text: str, *, exact: bool) -> Query:
    as_typed = {"multi_match": {"query": text, "fields": list(_EXACT_FIELDS), "type": "phrase", "boost": 2}}
    if exact:
        return as_typed
    stemmed = {"multi_match": {"query": text, "fields": list(_FIELDS), "type": "phrase"}}
    return _either(as_typed, stemmed)


def _with_extras(plan: Plan, weak: Query) -> Query:
    """Add clauses that lift a document above its equals: the words next to each other, and recent news."""
    extras: list[Query] = [
        {
            "bool": {
                "filter": {"terms": {"type": types_that_age()}},
                "must": {"distance_feature": {"field": "published_at", "origin": "now/d", "pivot": "180d"}},
                "boost": 0.5,
            }
        }
    ]
    if len(plan.words.split()) > 1:
        fields = ["title^2", "summary", "body"]
        extras.append({"multi_match": {"query": plan.words, "fields": fields, "type": "phrase", "slop": 2}})
    return {"bool": {"must": weak, "should": extras}}


def _fuzzy(text: str, language: str) -> Query:
    """Return a query for all words but stop words, each with a letter or two wrong or, for the last one, unfinished."""
    words = text.split()[:_MOST_WORDS]
    wanted = [word for word in words if word.lower() not in stop_words(language)]
    queries = [_misspelt(word, unfinished=word is words[-1]) for word in wanted]
    return {"bool": {"must": queries}} if queries else {"match_none": {}}


def _misspelt(word: str, *, unfinished: bool) -> Query:
    options = {"fuzziness": "AUTO:4,8", "prefix_length": 1, "max_expansions": 30}
    queries = [
        _across(word, _FIELDS, "1"),
        {"multi_match": {"query": word, "fields": list(_EXACT_FIELDS), **options}},
    ]
    if unfinished and len(word) >= _SHORTEST_BEGINNING:
        queries.append({"multi_match": {"query": word, "fields": list(_EXACT_FIELDS), "type": "bool_prefix"}})
    return {"dis_max": {"queries": queries}}
