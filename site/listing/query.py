"""A frozen query for a list of documents, and the rows that it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from publishing.models import DocumentFacet, PublishedDocument
from publishing.visible import public_documents

from .choices import Choice, Span
from .prepared import Given

Choices = tuple[tuple[str, Choice], ...]


@dataclass(frozen=True)
class ItemQuery:
    """A list of documents in one language. Date ranges run from the start of `…_from` to the end of `…_to`."""

    locale: str
    # The language used for contents that do not exist in `locale`; if empty, they are left out.
    fallback: str = ""
    choices: Choices = ()
    published_from: date | None = None
    published_to: date | None = None
    updated_from: date | None = None
    updated_to: date | None = None

    def rows(self, without: str = "", now: Given | None = None) -> QuerySet[PublishedDocument]:
        """Return the matching documents, unordered. `without` is a filter to ignore, used to count that filter's own
        facet; `now` is as for `public_documents`.
        """
        conditions = [condition_of(name, choice) for name, choice in self.choices if name != without]
        return public_documents(now).filter(self._languages(now), *conditions, self._dates())

    def _languages(self, now: Given | None) -> Q:
        if self.fallback in ("", self.locale):
            return Q(locale=self.locale)
        translated = public_documents(now).filter(locale=self.locale, content_id=OuterRef("content_id"))
        return Q(locale=self.locale) | Q(locale=self.fallback) & ~Q(Exists(translated))

    def _dates(self) -> Q:
        condition = Q()
        for column in ("published", "updated"):
            span = self.span(column)
            if span.start:
                condition &= Q(**{f"{column}_at__gte": span.start})
            if span.end:
                condition &= Q(**{f"{column}_at__lt": span.end})
        return condition

    def span(self, column: str) -> Span:
        """Return the date range of `column` (published, updated) as moments."""
        first, last = getattr(self, f"{column}_from"), getattr(self, f"{column}_to")
        return Span(_midnight(first) if first else None, _midnight(last, days=1) if last else None)


def condition_of(name: str, choice: Choice) -> Q:
    """Return the condition for documents that match a choice; language means one that the content exists in."""
    if name == "type":
        condition = Q(type__in=choice.wanted) if choice.wanted else Q()
        return condition & ~Q(type__in=choice.rejected)
    if name == "language":
        return Q(content_id__in=public_documents().filter(locale__in=choice.wanted).values("content_id"))
    facets = DocumentFacet.objects.filter(name=name)
    condition = Q()
    if choice.wanted:
        condition |= Q(pk__in=facets.filter(value__in=choice.wanted).values("document"))
    if choice.missing:
        condition |= ~Q(pk__in=facets.values("document"))
    if choice.rejected:
        condition &= ~Q(pk__in=facets.filter(value__in=choice.rejected).values("document"))
    return condition


def _midnight(day: date, days: int = 0) -> datetime:
    """Return the start of a day, or of `days` later, in the office's time zone, within years that databases support."""
    within = min(max(day, date(1000, 1, 1)), date(9000, 1, 1))
    return timezone.make_aware(datetime.combine(within + timedelta(days=days), time()))
