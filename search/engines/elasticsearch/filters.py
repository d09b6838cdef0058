"""Filters and facets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from listing.choices import NONE, Choice, Span
from search.query import FACETS, SearchQuery

Query = dict[str, Any]

# Limits above what any facet has, so that no value is cut off.
_VALUES = {"type": 50, "topic": 1000, "country": 300, "year": 300, "programme": 1000}
_TOGETHER = "facets"


def always(query: SearchQuery) -> Query:
    """Return the filter that applies to hits and to every count, unlike the choices of facets."""
    expired = {"range": {"expires_at": {"lte": "now"}}}
    unwanted = [expired, *([{"term": {"languages": query.not_in}}] if query.not_in else [])]
    spans = [*_span("published_at", query.published), *_span("updated_at", query.updated)]
    return {"bool": {"filter": spans, "must_not": unwanted}}


def _span(field: str, span: Span) -> list[Query]:
    bounds = {"gte": span.start, "lt": span.end}
    return [{"range": {field: {name: value for name, value in bounds.items() if value}}}] if span else []


def chosen(query: SearchQuery, but: str = "") -> Query:
    """Return a filter for the choices of all facets, or of all `but` one."""
    return {"bool": {"filter": list(_choices(query, but))}}


def _choices(query: SearchQuery, but: str) -> Iterable[Query]:
    for facet, choice in query.filters.items():
        if facet != but and choice:
            yield _choice(facet, choice)


def _choice(facet: str, choice: Choice) -> Query:
    clauses: Query = {}
    if choice.wanted:
        clauses["should"] = [{"terms": {facet: list(choice.wanted)}}]
    if choice.missing:
        clauses.setdefault("should", []).append({"bool": {"must_not": {"exists": {"field": facet}}}})
    if choice.rejected:
        clauses["must_not"] = {"terms": {facet: list(choice.rejected)}}
    return {"bool": clauses}


def facets(query: SearchQuery) -> Query:
    """Return aggregations that count the values of each facet among what the other facets' choices leave. Facets
    without a choice are counted together.
    """
    without = [facet for facet in FACETS if not query.filters.get(facet)]
    groups = {_TOGETHER: without, **{facet: [facet] for facet in FACETS if facet not in without}}
    return {
        name: {
            "filter": chosen(query, but=name),
            "aggs": {key: value for facet in group for key, value in _counts(facet)},
        }
        for name, group in groups.items()
        if group
    }


def _counts(facet: str) -> Iterable[tuple[str, Query]]:
    yield facet, {"terms": {"field": facet, "size": _VALUES[facet]}}
    yield facet + NONE, {"missing": {"field": facet}}


def counted(aggregations: Query) -> dict[str, dict[str, int]]:
    """Return the counts by facet and value; `_none` counts documents without any value."""
    found: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        group = aggregations.get(facet) or aggregations[_TOGETHER]
        found[facet] = {bucket["key"]: bucket["doc_count"] for bucket in group[facet]["buckets"]}
        missing = group[facet + NONE]["doc_count"]
        if missing:
            found[facet][NONE] = missing
    return found
