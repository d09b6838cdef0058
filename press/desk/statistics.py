"""How fast inquiries are answered, in working time: closed hours do not count, nor waiting for the journalist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.utils import timezone

from press.models import Inquiry, InquiryPause, InquiryState
from press.working_time import WorkingCalendar, working_minutes


@dataclass(frozen=True)
class Figures:
    """Of the inquiries received in a period; minutes of working time, None where there is nothing to measure."""

    received: int
    answered: int
    in_time: int
    first_response: int | None
    answer: int | None


def figures(calendar: WorkingCalendar, *, since: datetime) -> Figures:
    """The medians of first response and answer, over inquiries that were no spam and no duplicate. Two queries."""
    left_out = [InquiryState.SPAM, InquiryState.DUPLICATE]
    found = Inquiry.objects.filter(created_at__gte=since).exclude(state__in=left_out).prefetch_related("pauses")
    inquiries = list(found.only("created_at", "first_response_at", "answered_at", "deadline"))
    answered = [inquiry for inquiry in inquiries if inquiry.answered_at]
    return Figures(
        received=len(inquiries),
        answered=len(answered),
        in_time=sum(inquiry.answered_at <= inquiry.deadline for inquiry in answered if inquiry.answered_at),
        first_response=_median(taken(calendar, inquiry, inquiry.first_response_at) for inquiry in inquiries),
        answer=_median(taken(calendar, inquiry, inquiry.answered_at) for inquiry in inquiries),
    )


def taken(calendar: WorkingCalendar, inquiry: Inquiry, until: datetime | None) -> int | None:
    """The working minutes from receipt to a moment, without those of pauses; None where it has not come."""
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


def since_days(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
