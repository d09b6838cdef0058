"""What a list of documents is asked for: a frozen query, read from parameters, and the rows that it finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from publishing.models import DocumentFacet, PublishedDocument

if TYPE_CHECKING:
    from .schemas import ItemFilters

NONE = "_none"
FACETS = ("type", "country", "topic", "year")
SORTS = {
    "-published_at": ("-published_at", "content_id"),
    "published_at": ("published_at", "content_id"),
    "-updated_at": ("-seq",),
    "title": ("title", "content_id"),
}


@dataclass(frozen=True)
class Choice:
    """The values of one filter: any of `wanted` (all if empty), none of `rejected`; `missing`: documents without any."""

    wanted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    missing: bool = False

    @classmethod
    def from_values(cls, values: Iterable[str]) -> Choice:
        flat = [value for item in values for value in item.split(",")]
        return cls(
            tuple(sorted({value for value in flat if not value.startswith("-") and value != NONE})),
            tuple(sorted({value[1:] for value in flat if value.startswith("-")})),
            NONE in flat,
        )

    def __bool__(self) -> bool:
        return bool(self.wanted or self.rejected or self.missing)


@dataclass(frozen=True)
class ItemQuery:
    """A list of documents of one language. Times: a document counts from `…_from` on and before the day after `…_to`."""

    locale: str
    choices: tuple[tuple[str, Choice], ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    updated_from: date | None = None
    updated_to: date | None = None
    ids: tuple[object, ...] | None = field(default=None)

    @classmethod
    def from_filters(cls, filters: ItemFilters, **fixed: str) -> ItemQuery:
        """From checked parameters; `fixed`: filters that the endpoint sets itself."""
        values = {name: [fixed[name]] if name in fixed else getattr(filters, name, []) for name in FACETS}
        choices = tuple((name, Choice.from_values(values[name])) for name in FACETS if values[name])
        names = ("published_from", "published_to", "updated_from", "updated_to")
        return cls(filters.locale, choices, **{name: getattr(filters, name) for name in names})

    def rows(self, without: str = "") -> QuerySet[PublishedDocument]:
        """The documents found, in no order; `without`: the filter that is left out, for that filter's own facet."""
        rows = PublishedDocument.objects.filter(locale=self.locale, removal="")
        if self.ids is not None:
            rows = rows.filter(content_id__in=self.ids)
        for name, choice in self.choices:
            if name != without:
                rows = rows.filter(self._condition(name, choice))
        return rows.filter(self._dates())

    @staticmethod
    def _condition(name: str, choice: Choice) -> Q:
        if name == "type":
            condition = Q(type__in=choice.wanted) if choice.wanted else Q()
            return condition & ~Q(type__in=choice.rejected)
        facets = DocumentFacet.objects.filter(name=name)
        condition = Q()
        if choice.wanted:
            condition |= Q(pk__in=facets.filter(value__in=choice.wanted).values("document"))
        if choice.missing:
            condition |= ~Q(pk__in=facets.values("document"))
        return condition & ~Q(pk__in=facets.filter(value__in=choice.rejected).values("document"))

    def _dates(self) -> Q:
        condition = Q()
        for column in ("published", "updated"):
            first, last = getattr(self, f"{column}_from"), getattr(self, f"{column}_to")
            if first:
                condition &= Q(**{f"{column}_at__gte": _midnight(first)})
            if last:
                condition &= Q(**{f"{column}_at__lt": _midnight(last + timedelta(days=1))})
        return condition


def _midnight(day: date) -> datetime:
    """The beginning of a day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))
