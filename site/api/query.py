"""What a list of documents is asked for: a frozen query, read from parameters, and the rows that it finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from publishing.models import DocumentFacet, PublishedDocument

from .rows import public_documents

if TYPE_CHECKING:
    from .schemas import ItemFilters

NONE = "_none"
FACETS = ("type", "country", "topic", "year")


@dataclass(frozen=True)
class Choice:
    """The values of one filter: any of `wanted` (all if empty), none of `rejected`; `missing`: those without any."""

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
    """A list of documents of one language. Days: from the beginning of `…_from` to the end of `…_to`."""

    locale: str
    # The language of those contents that do not exist in `locale`; empty: they are left out.
    fallback: str = ""
    choices: tuple[tuple[str, Choice], ...] = ()
    published_from: date | None = None
    published_to: date | None = None
    updated_from: date | None = None
    updated_to: date | None = None
    # Only these contents; None: all.
    ids: tuple[UUID, ...] | None = None

    @classmethod
    def from_filters(
        cls, filters: ItemFilters, content_type: str | None = None, ids: tuple[UUID, ...] | None = None
    ) -> ItemQuery:
        """From checked parameters; `content_type`: the one that the address stands for."""
        values = {name: getattr(filters, name, []) for name in FACETS}
        if content_type:
            values["type"] = [content_type]
        choices = tuple((name, Choice.from_values(values[name])) for name in FACETS if values[name])
        names = ("published_from", "published_to", "updated_from", "updated_to")
        days = {name: getattr(filters, name) for name in names}
        return cls(filters.locale, filters.fallback or "", choices, ids=ids, **days)

    def rows(self, without: str = "") -> QuerySet[PublishedDocument]:
        """The documents found, in no order; `without`: the filter that is left out, for that filter's own facet."""
        rows = public_documents().filter(self._languages())
        if self.ids is not None:
            rows = rows.filter(content_id__in=self.ids)
        for name, choice in self.choices:
            if name != without:
                rows = rows.filter(self._condition(name, choice))
        return rows.filter(self._dates())

    def _languages(self) -> Q:
        if self.fallback in ("", self.locale):
            return Q(locale=self.locale)
        translated = public_documents().filter(locale=self.locale, content_id=OuterRef("content_id"))
        return Q(locale=self.locale) | Q(locale=self.fallback) & ~Q(Exists(translated))

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
        if choice.rejected:
            condition &= ~Q(pk__in=facets.filter(value__in=choice.rejected).values("document"))
        return condition

    def _dates(self) -> Q:
        condition = Q()
        for column in ("published", "updated"):
            first, last = getattr(self, f"{column}_from"), getattr(self, f"{column}_to")
            if first:
                condition &= Q(**{f"{column}_at__gte": _midnight(first)})
            if last:
                condition &= Q(**{f"{column}_at__lt": _midnight(last, days=1)})
        return condition


def _midnight(day: date, days: int = 0) -> datetime:
    """The beginning of a day in the office's time zone, or of a day after it; within the years that databases know."""
    within = min(max(day, date(1000, 1, 1)), date(9000, 1, 1))
    return timezone.make_aware(datetime.combine(within + timedelta(days=days), time()))
