"""Facets in the responses of lists and searches: the most frequent values, with their labels and counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listing.choices import NONE, Choice
from listing.counts import value_counts
from listing.labels import FacetLabels
from listing.query import ItemQuery

DEFAULT_SIZE = 30


def count_facets(query: ItemQuery, wanted: str) -> dict[str, Any]:
    """Return the facets of a query. `wanted` has names, optionally with a number of values: "country:30,topic"."""
    counted = value_counts(query, tuple(facet_sizes(wanted)))
    return labelled_facets(counted, wanted, dict(query.choices), query.locale)


def facet_sizes(wanted: str) -> dict[str, int]:
    """Return how many values are wanted of each facet."""
    return {part.partition(":")[0]: int(part.partition(":")[2] or DEFAULT_SIZE) for part in wanted.split(",")}


def labelled_facets(
    counted: Mapping[str, Mapping[str, int]], wanted: str, choices: Mapping[str, Choice], locale: str
) -> dict[str, Any]:
    """Return the requested facets as the API shows them. Values chosen in the query are always included."""
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
