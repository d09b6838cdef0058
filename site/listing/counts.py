"""Exact counts of documents and of their facet values, cached until something is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Max, Sum, Value

from publishing.models import DocumentFacet
from publishing.visible import public_documents

from .choices import NONE
from .query import ItemQuery
from .state import kept

Counts = Mapping[str, Mapping[str, int]]


class Totals(NamedTuple):
    """A fingerprint of a list: the number of documents, their latest change, and the sum of their `seq`, which reveals
    that a document in the fallback language has replaced another. If these are equal, so are the lists.
    """

    total: int
    last_seq: int | None
    updated: datetime | None
    sum_of_seq: int | None


@kept
def totals(query: ItemQuery) -> Totals:
    found = query.rows().aggregate(
        total=Count("pk"), last_seq=Max("seq"), updated=Max("updated_at"), sum_of_seq=Sum("seq")
    )
    return Totals(**found)


@kept
def value_counts(query: ItemQuery, names: tuple[str, ...]) -> Counts:
    """Return how many documents each value of these facets would leave, ignoring the facet's own choice; documents
    without a value count as `_none`. For language, count the languages that the contents exist in besides the query's.
    One query.
    """
    parts = [_counts(query, name) for name in names]
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    counted: dict[str, dict[str, int]] = {name: {} for name in names}
    for facet, value, count in union.values_list("facet", "facet_value", "count"):
        counted[facet][value] = count
    return counted


@kept
def values_of(name: str) -> tuple[str, ...]:
    """Return the sorted values that any public document has in a facet."""
    rows = DocumentFacet.objects.filter(name=name, document__in=public_documents())
    return tuple(sorted(set(rows.values_list("value", flat=True))))


def _counts(query: ItemQuery, name: str) -> Any:
    """Return rows of (facet, facet_value, count) for one facet."""
    rows = query.rows(without=name)
    if name == "type":
        return _grouped(rows, name, F("type"))
    if name == "language":
        others = public_documents().filter(content_id__in=rows.values("content_id")).exclude(locale=query.locale)
        return _grouped(others, name, F("locale"))
    having = DocumentFacet.objects.filter(name=name)
    without = rows.exclude(pk__in=having.values("document"))
    found = _grouped(having.filter(document__in=rows), name, F("value"))
    return found.union(_grouped(without, name, Value(NONE, output_field=CharField())), all=True)


def _grouped(rows: Any, name: str, value: F | Value) -> Any:
    named = rows.annotate(facet=Value(name, output_field=CharField()), facet_value=value)
    return named.values("facet", "facet_value").annotate(count=Count("pk"))
