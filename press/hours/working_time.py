"""Working time: the part of a period that falls within the office's hours.

The office is open whenever the clocks on its wall show a time within that day's hours. If clocks go forward, an hour
that does not exist is not working time; if they go back, an hour that happens twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Hours(NamedTuple):
    """When the office opens and closes on a day, by the clock on its wall; `closes` itself is outside."""

    opens: time
    closes: time

    def within(self, other: Hours | None) -> Hours | None:
        """Return the hours that both have in common; None if there are none."""
        if other is None:
            return None
        common = Hours(max(self.opens, other.opens), min(self.closes, other.closes))
        return common if common.opens < common.closes else None


class Span(NamedTuple):
    """A period without a break, in UTC; `end` itself is outside."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class WorkingCalendar:
    """The office's hours by weekday (`MONDAY` is 0), and the days that are shorter (`Hours`) or closed (None).

    A special day only takes hours away: those of its hours count in which the office would be open anyway. Raise
    ValueError for a calendar without any hours, and for hours that end before they begin.
    """

    zone: ZoneInfo
    weekdays: Mapping[int, Hours]
    special_days: Mapping[date, Hours | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise ValueError("a calendar needs hours on at least one weekday")
        every = [*self.weekdays.values(), *filter(None, self.special_days.values())]
        if any(hours.opens >= hours.closes for hours in every):
            raise ValueError("hours must end after they begin")

    def hours_on(self, day: date) -> Hours | None:
        """Return the hours of a day in the office's calendar; None if it stays closed."""
        usual = self.weekdays.get(day.weekday())
        if usual is None or day not in self.special_days:
            return usual
        return usual.within(self.special_days[day])

    def spans_on(self, day: date) -> list[Span]:
        """Return when the office is open on a day: one span, or two if an opening hour is repeated or skipped."""
        hours = self.hours_on(day)
        if hours is None:
            return []
        spans = []
        for offset, part in _offsets_on(self.zone, day):
            opens = datetime.combine(day, hours.opens, UTC) - offset
            closes = datetime.combine(day, hours.closes, UTC) - offset
            span = Span(max(opens, part.start), min(closes, part.end))
            if span.start < span.end:
                spans.append(span)
        return spans

    def spans_from(self, instant: datetime) -> Iterator[Span]:
        """Yield the working time after an instant, without end; the first span may begin before it."""
        day = instant.astimezone(self.zone).date()
        while True:
            yield from (span for span in self.spans_on(day) if span.end > instant)
            day += _DAY


def is_open(calendar: WorkingCalendar, instant: datetime) -> bool:
    wall = instant.astimezone(calendar.zone)
    hours = calendar.hours_on(wall.date())
    return hours is not None and hours.opens <= wall.time() < hours.closes


def next_opening(calendar: WorkingCalendar, instant: datetime) -> datetime:
    """Return the first moment from `instant` on at which the office is open: `instant` itself while it is. UTC."""
    return max(next(calendar.spans_from(instant)).start, instant.astimezone(UTC))


def next_closing(calendar: WorkingCalendar, instant: datetime) -> datetime:
    """Return when the office next closes after `instant`. UTC."""
    return next(calendar.spans_from(instant)).end


def working_minutes(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Return the whole minutes of working time from `start` to `end`; negative if `end` comes first."""
    if end < start:
        return -working_minutes(calendar, end, start)
    total = timedelta()
    for span in calendar.spans_from(start):
        if span.start >= end:
            break
        total += min(span.end, end) - max(span.start, start)
    return total // timedelta(minutes=1)


def after_working_minutes(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime:
    """Return the moment at which `minutes` of working time have passed since `start`; for 0, `start`. UTC."""
    left = timedelta(minutes=minutes)
    if left <= timedelta():
        return start.astimezone(UTC)
    spans = calendar.spans_from(start)
    while True:
        span = next(spans)
        begin = max(span.start, start.astimezone(UTC))
        if left <= span.end - begin:
            return begin + left
        left -= span.end - begin


@lru_cache(maxsize=4096)
def _offsets_on(zone: ZoneInfo, day: date) -> list[tuple[timedelta, Span]]:
    """Return the offsets from UTC that clocks have in the course of a day, each with the span in which it applies."""
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + _DAY))
    first, last = _offset(zone, start), _offset(zone, end - _SECOND)
    if first == last:
        return [(first, Span(start, end))]
    change = _change_of_offset(zone, start, end)
    return [(first, Span(start, change)), (last, Span(change, end))]


def _change_of_offset(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """Return the second between two moments at which clocks are changed."""
    first = _offset(zone, start)
    while end - start > _SECOND:
        middle = start + (end - start) // _SECOND // 2 * _SECOND
        start, end = (middle, end) if _offset(zone, middle) == first else (start, middle)
    return end


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None  # noqa: S101  # an aware moment has one
    return offset
