"""Read the query for a list of documents from parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from listing.choices import NONE, Choice
from listing.query import Choices, ItemQuery

if TYPE_CHECKING:
    from .schemas import ItemFilters

FACETS = ("type", "country", "topic", "year", "programme", "role")


def choice_of(values: Iterable[str]) -> Choice:
    """Return the choice for values as in an address: comma-separated or repeated, a minus before rejected ones."""
    flat = [value for item in values for value in item.split(",")]
    return Choice(
        tuple(sorted({value for value in flat if not value.startswith("-") and value != NONE})),
        tuple(sorted({value[1:] for value in flat if value.startswith("-")})),
        NONE in flat,
    )


def choices_of(values: Mapping[str, list[str]]) -> Choices:
    """Return the choices by the name of the filter, without filters that have no values."""
    return tuple((name, choice_of(values[name])) for name in FACETS if values.get(name))


def query_of(filters: ItemFilters, content_type: str | None = None) -> ItemQuery:
    """Return the query for checked parameters; `content_type` is the one that the address stands for, if any."""
    values = {name: getattr(filters, name, []) for name in FACETS}
    if content_type:
        values["type"] = [content_type]
    names = ("published_from", "published_to", "updated_from", "updated_to")
    days = {name: getattr(filters, name) for name in names}
    return ItemQuery(filters.locale, filters.fallback or "", choices_of(values), **days)
