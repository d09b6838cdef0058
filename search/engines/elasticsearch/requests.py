"""Bodies of requests to Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from search.query import Plan, SearchQuery, Window

from .filters import always, chosen, facets
from .queries import Matching, Query, in_other_language, marked, texts_in

# How many hits in another language are considered for a page.
MOST_TRANSLATED = 50

_SORTS: dict[str, list[dict[str, Any]]] = {
    "relevance": [{"_score": "desc"}],
    "newest": [{"published_at": {"order": "desc", "missing": "_last"}}],
    "oldest": [{"published_at": {"order": "asc", "missing": "_last"}}],
    "updated": [{"seq": "desc"}],
    "title": [{"sort_title": {"order": "asc", "missing": "_last"}}],
}
_HIGHLIGHT = {
    "type": "unified",
    "encoder": "html",
    "pre_tags": ["<mark>"],
    "post_tags": ["</mark>"],
    "fields": {
        "title": {"number_of_fragments": 0, "matched_fields": ["title", "title.x"]},
        "summary": {"number_of_fragments": 0, "matched_fields": ["summary", "summary.x"]},
        "body": {"number_of_fragments": 1, "fragment_size": 200, "matched_fields": ["body", "body.x"]},
    },
}


def page_of(plan: Plan, matching: Matching, window: Window) -> Query:
    """Return a request for one window of the matches in the reader's language, with all counts and the corrected text.
    Unless sorted by relevance, it includes only good matches.
    """
    query = plan.query
    ranked = matching.ranked() if query.sort == "relevance" else matching.strong
    body = _page(query, {"bool": {"must": ranked, "filter": always(query)}}, window)
    body["aggs"]["strong"] = {"filter": matching.strong, "aggs": {"chosen": {"filter": chosen(query)}}}
    body["highlight"] = {**_HIGHLIGHT, "highlight_query": matching.marked}
    body["suggest"] = _corrected(query.text)
    return body


def _page(query: SearchQuery, found: Query, window: Window) -> Query:
    place = {"search_after": list(window.after[1:])} if window.after else {"from": window.offset}
    return {
        "query": found,
        "post_filter": chosen(query),
        "aggs": facets(query),
        "sort": [*_SORTS[query.sort], {"content_id": "asc"}],
        "size": window.size,
        "track_total_hits": True,
        "track_scores": True,
        "_source": False,
        "docvalue_fields": ["content_id"],
        **place,
    }


def _corrected(text: str) -> Query:
    options = {"suggest_mode": "missing", "prefix_length": 1, "min_word_length": 4, "size": 1, "shard_size": 20}
    return {"text": text, "corrected": {"term": {"field": "spelt", **options}}}


def count_in(plan: Plan, language: str) -> Query:
    """Return a request for the number of good matches in another language, regardless of the filters."""
    matched = {"bool": {"filter": [in_other_language(plan, language), always(_unfiltered(plan, language))]}}
    return {"query": matched, "size": 0, "track_total_hits": True}


def best_in(plan: Plan, language: str) -> Query:
    """Return a request for good matches in another language that also exist in the reader's."""
    exists = {"term": {"languages": plan.language}}
    filters = [exists, always(_unfiltered(plan, language))]
    return {
        "query": {"bool": {"must": in_other_language(plan, language), "filter": filters}},
        "sort": [{"_score": "desc"}, {"content_id": "asc"}],
        "size": MOST_TRANSLATED,
        "_source": False,
        "docvalue_fields": ["content_id"],
        "highlight": {**_HIGHLIGHT, "highlight_query": marked(texts_in(plan, language), language)},
    }


def _unfiltered(plan: Plan, language: str) -> SearchQuery:
    return SearchQuery(plan.query.text, language)


def page_of_contents(plan: Plan, contents: Iterable[UUID], window: Window) -> Query:
    """Return a request for one window of these contents in the reader's language, in the order given (best first)."""
    query = plan.query
    ranked = [
        {"constant_score": {"filter": {"term": {"content_id": str(content)}}, "boost": 1 + MOST_TRANSLATED - rank}}
        for rank, content in enumerate(contents)
    ]
    return _page(query, {"bool": {"should": ranked, "minimum_should_match": 1, "filter": always(query)}}, window)


def beginning_with(text: str, size: int) -> Query:
    """Return a request for titles that have, for each of these words, a word that begins with it."""
    begun = {"match": {"title.p": {"query": text, "operator": "and"}}}
    in_order = {"match_phrase_prefix": {"title.x": {"query": text, "boost": 2}}}
    expired = {"range": {"expires_at": {"lte": "now"}}}
    return {
        "query": {"bool": {"must": begun, "should": in_order, "must_not": expired}},
        "sort": [{"_score": "desc"}, {"content_id": "asc"}],
        "size": size,
        "_source": ["title", "type"],
        "docvalue_fields": ["content_id"],
    }
