"""Exact counts of values, each facet without its own filter, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value

from publishing.models import DocumentFacet
from search.labels import FacetLabels
from search.query import NONE, Choice

from .query import ItemQuery

DEFAULT_SIZE = 30


def count_facets(query: ItemQuery, wanted: str) -> dict[str, Any]:
    """`wanted`: names with how many values each, "country:30,topic"."""
    parts = [_counts(query, name) for name in facet_sizes(wanted)]
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    counted: dict[str, dict[str, int]] = {}
    for facet, value, count in union.values_list("facet", "facet_value", "count"):
        counted.setdefault(facet, {})[value] = count
    return labelled_facets(counted, wanted, dict(query.choices), query.locale)


def facet_sizes(wanted: str) -> dict[str, int]:
    """How many values of which facets."""
    return {part.partition(":")[0]: int(part.partition(":")[2] or DEFAULT_SIZE) for part in wanted.split(",")}


def labelled_facets(
    counted: Mapping[str, Mapping[str, int]], wanted: str, choices: Mapping[str, Choice], locale: str
) -> dict[str, Any]:
    """The facets wanted, as they are answered. Values chosen in the query are always there."""
    sizes = facet_sizes(wanted)
    values = {name: _shown(counted.get(name, {}), size, choices.get(name, Choice())) for name, size in sizes.items()}
    labels = FacetLabels(locale, values)
    return {
        name: {
            "values": [
                {
                    "value": value,
                    "label": labels.of(name, value),
                    "count": counted.get(name, {}).get(value, 0),
                    "selected": value in choices.get(name, Choice()).wanted,
                }
                for value in shown
            ],
            "missing": counted.get(name, {}).get(NONE, 0),
        }
        for name, shown in values.items()
    }


def _shown(counts: Mapping[str, int], size: int, choice: Choice) -> list[str]:
    ranked = sorted((value for value in counts if value != NONE), key=lambda value: (-counts[value], value))[:size]
    return ranked + [value for value in choice.wanted if value not in ranked]


def _counts(query: ItemQuery, name: str) -> QuerySet[Any]:
    """(facet, value, count) of one facet; the value is `_none` for documents without any."""
    rows = query.rows(without=name)
    facet = Value(name, output_field=CharField())
    if name == "type":
        return (
            rows.annotate(facet=facet, facet_value=F("type")).values("facet", "facet_value").annotate(count=Count("pk"))
        )
    valued = DocumentFacet.objects.filter(name=name, document__in=rows)
    found = (
        valued.annotate(facet=facet, facet_value=F("value")).values("facet", "facet_value").annotate(count=Count("pk"))
    )
    without = rows.exclude(pk__in=DocumentFacet.objects.filter(name=name).values("document"))
    missing = (
        without.annotate(facet=facet, facet_value=Value(NONE, output_field=CharField()))
        .values("facet", "facet_value")
        .annotate(count=Count("pk"))
    )
    return found.union(missing, all=True)
