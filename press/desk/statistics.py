"""How fast inquiries are answered, in working time: neither closed hours count, nor waiting for the journalist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from core.places.countries import alphabetical
from press.hours.working_time import WorkingCalendar, working_minutes
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import InquiryPause

# Counted in the history, which remains when what was published is deleted with the inquiry's text.
_COVERED = Count("events", filter=Q(events__kind="covered")) - Count("events", filter=Q(events__kind="uncovered"))


@dataclass(frozen=True)
class Figures:
    """Figures of the inquiries received in a period.

    Times are in minutes of working time, None if there is nothing to measure. `slow_response`: nine of ten had a first
    response within it. `covered`: how many publications after them were logged.
    """

    received: int
    answered: int
    in_time: int
    first_response: int | None
    answer: int | None
    slow_response: int | None
    covered: int


def figures(calendar: WorkingCalendar, *, since: datetime) -> Figures:
    """Return the figures of all inquiries that were neither spam nor duplicates. Two queries."""
    return _figures_of(
        calendar, list(_counted(since).only("created_at", "first_response_at", "answered_at", "deadline"))
    )


def figures_by(
    calendar: WorkingCalendar, key: Callable[[Inquiry], str], *, since: datetime
) -> list[tuple[str, Figures]]:  # fmt: skip
    """Return the same for each desk, officer, topic or country, as named by `key`, in order of name.

    Nothing about the sender is read. Four queries.
    """
    fields = ("created_at", "first_response_at", "answered_at", "deadline", "country")
    found = _counted(since).select_related("desk", "owner", "topic").prefetch_related("desk__texts", "topic__texts")
    related = ("desk__id", "owner__username", "owner__first_name")
    more = ("owner__last_name", "topic__slug")
    groups: dict[str, list[Inquiry]] = {}
    for inquiry in found.only(*fields, *related, *more):
        groups.setdefault(key(inquiry), []).append(inquiry)
    names = sorted(groups, key=alphabetical)
    return [(name, _figures_of(calendar, groups[name])) for name in names]


def _counted(since: datetime) -> QuerySet[Inquiry]:
    left_out = [InquiryState.SPAM, InquiryState.DUPLICATE]
    return (
        Inquiry.objects.filter(created_at__gte=since)
        .exclude(state__in=left_out)
        .prefetch_related("pauses")
        .annotate(covered=_COVERED)
    )


def _figures_of(calendar: WorkingCalendar, inquiries: list[Inquiry]) -> Figures:
    first = [taken(calendar, inquiry, inquiry.first_response_at) for inquiry in inquiries]
    answered = [inquiry for inquiry in inquiries if inquiry.answered_at]
    return Figures(
        received=len(inquiries),
        answered=len(answered),
        in_time=sum(inquiry.answered_at <= inquiry.deadline for inquiry in answered if inquiry.answered_at),
        first_response=_median(first),
        answer=_median(taken(calendar, inquiry, inquiry.answered_at) for inquiry in inquiries),
        slow_response=_ninth_decile(first),
        covered=sum(getattr(inquiry, "covered", 0) for inquiry in inquiries),
    )


def taken(calendar: WorkingCalendar, inquiry: Inquiry, until: datetime | None) -> int | None:
    """Return the working minutes from receipt to a moment, without pauses; None if that moment has not come."""
    if until is None:
        return None
    paused = sum(_paused(calendar, pause, until) for pause in inquiry.pauses.all())
    return working_minutes(calendar, inquiry.created_at, until) - paused


def _paused(calendar: WorkingCalendar, pause: InquiryPause, until: datetime) -> int:
    end = min(pause.ended or until, until)
    return working_minutes(calendar, pause.began, end) if pause.began < end else 0


def _median(minutes: Iterable[int | None]) -> int | None:
    known = [value for value in minutes if value is not None]
    return round(median(known)) if known else None


def _ninth_decile(minutes: Iterable[int | None]) -> int | None:
    """Return the 90th percentile, interpolated between the two nearest values; a single value is its own percentile."""
    known = [value for value in minutes if value is not None]
    return round(quantiles(known, n=10, method="inclusive")[-1]) if len(known) > 1 else _median(known)


def since_days(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
