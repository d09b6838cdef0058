"""Slices of lists: their membership is cached until something is published; their contents are always read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import IntegerField
from django.utils import timezone

from publishing.visible import public_documents

from .ordering import Position, after, ordered
from .prepared import NOW, Given, PreparedQuery
from .query import ItemQuery
from .state import kept

# How many prepared queries are kept: those that are run again and again.
_PREPARED = 256


@kept
def part_behind(query: ItemQuery, sort: str, position: Position, most: int) -> tuple[int, ...]:
    """Return the primary keys of the documents after a position in a list; an empty position means from the start."""
    rows = query.rows()
    if position:
        rows = rows.filter(after(position, sort))
    return tuple(ordered(rows, sort).values_list("pk", flat=True)[:most])


@kept
def part_from(query: ItemQuery, sort: str, first: int, end: int) -> tuple[int, ...]:
    """Return the primary keys of a slice of a list, from index `first` (counted from 0) up to `end` (exclusive)."""
    return tuple(ordered(query.rows(), sort).values_list("pk", flat=True)[first:end])


def documents_with(numbers: tuple[int, ...], *columns: str) -> list[Any]:
    """Return these columns of the documents with these keys, in their order, skipping deleted ones. One query."""
    if not numbers:
        return []
    given = {f"number{place}": number for place, number in enumerate(numbers)}
    rows = _prepared(len(numbers), columns).ask(now=timezone.now(), **given)
    found = {row.pk: row for row in rows}
    return [found[number] for number in numbers if number in found]


@lru_cache(_PREPARED)
def _prepared(length: int, columns: tuple[str, ...]) -> PreparedQuery:
    numbers: list[Any] = [Given(f"number{place}", IntegerField()) for place in range(length)]
    return PreparedQuery(public_documents(NOW).filter(pk__in=numbers), "pk", *columns)
