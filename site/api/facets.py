"""Exact counts of values, each facet without its own filter, in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value

from core.countries import country_name
from core.models import Topic
from publishing.models import DocumentFacet

from .query import NONE, Choice, ItemQuery

DEFAULT_SIZE = 30
TYPE_LABELS = {
    "news": {"ar": "أخبار", "en": "News", "fr": "Actualités"},
    "press_release": {"ar": "بيانات صحفية", "en": "Press releases", "fr": "Communiqués de presse"},
    "publication": {"ar": "منشورات", "en": "Publications", "fr": "Publications"},
    "programme": {"ar": "برامج", "en": "Programmes", "fr": "Programmes"},
    "page": {"ar": "صفحات", "en": "Pages", "fr": "Pages"},
}


def count_facets(query: ItemQuery, wanted: str) -> dict[str, Any]:
    """`wanted`: names with how many values each, "country:30,topic". Values chosen in the query are always there."""
    sizes = {part.partition(":")[0]: int(part.partition(":")[2] or DEFAULT_SIZE) for part in wanted.split(",")}
    choices = dict(query.choices)
    counted: dict[str, list[tuple[str, int]]] = {name: [] for name in sizes}
    parts = [_counts(query, name) for name in sizes]
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for facet, value, count in union.values_list("facet", "facet_value", "count"):
        counted[facet].append((value, count))
    topics = {topic.slug: topic for topic in Topic.objects.all()} if "topic" in sizes else {}
    return {
        name: _facet(name, counted[name], size, choices.get(name, Choice()), query.locale, topics)
        for name, size in sizes.items()
    }


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


def _facet(
    name: str, counted: list[tuple[str, int]], size: int, choice: Choice, locale: str, topics: dict[str, Topic]
) -> dict[str, Any]:
    counts = dict(counted)
    missing = counts.pop(NONE, 0)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    shown = ranked[:size] + [value for value in choice.wanted if value not in ranked[:size]]
    values = [
        {
            "value": value,
            "label": _label(name, value, locale, topics),
            "count": counts.get(value, 0),
            "selected": value in choice.wanted,
        }
        for value in shown
    ]
    return {"values": values, "missing": missing}


def _label(name: str, value: str, locale: str, topics: dict[str, Topic]) -> str:
    if name == "country":
        return country_name(value, locale)
    if name == "type":
        return TYPE_LABELS[value][locale]
    return topics[value].name(locale) if value in topics else value
