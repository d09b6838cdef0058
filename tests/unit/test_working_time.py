"""Working time computed by spans equals a count by minutes, across weekends, holidays and both clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from press.hours.working_time import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Hours,
    WorkingCalendar,
    after_working_minutes,
    is_open,
    next_closing,
    next_opening,
    working_minutes,
)

CAIRO = ZoneInfo("Africa/Cairo")
MINUTE = timedelta(minutes=1)
OFFICE_WEEK = (SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
OFFICE_HOURS = Hours(time(9), time(17))
OFFICE = WorkingCalendar(
    CAIRO,
    dict.fromkeys(OFFICE_WEEK, OFFICE_HOURS),
    {date(2026, 4, 20): None, date(2026, 10, 28): Hours(time(10), time(13)), date(2026, 10, 6): None},
)
# Around the nights on which Cairo's clocks go forward (24 April 2026) and back (29 October 2026).
BEGINNINGS = (datetime(2026, 4, 16, tzinfo=UTC), datetime(2026, 10, 22, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


def cairo(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CAIRO, fold=fold).astimezone(UTC)


def open_by_the_clock(calendar: WorkingCalendar, instant: datetime) -> bool:
    """Return whether the office is open, by the local time alone and without the code under test."""
    wall = instant.astimezone(calendar.zone)
    usual = calendar.weekdays.get(wall.weekday())
    if usual is None or not usual.opens <= wall.time() < usual.closes:
        return False
    if wall.date() not in calendar.special_days:
        return True
    special = calendar.special_days[wall.date()]
    return special is not None and special.opens <= wall.time() < special.closes


def minutes_between(start: datetime, end: datetime) -> Iterator[datetime]:
    instant = start.astimezone(UTC)
    while instant < end:
        yield instant
        instant += MINUTE


def counted(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    return sum(open_by_the_clock(calendar, instant) for instant in minutes_between(start, end))


quarters = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
hours = st.tuples(quarters, quarters).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
instants = st.builds(
    lambda beginning, minutes: beginning + minutes * MINUTE, st.sampled_from(BEGINNINGS), st.integers(0, 14 * 24 * 60)
)
days = st.builds(
    lambda beginning, number: beginning.date() + timedelta(days=number),
    st.sampled_from(BEGINNINGS),
    st.integers(0, 14),
)
calendars = st.builds(
    WorkingCalendar,
    st.just(CAIRO),
    st.dictionaries(st.integers(MONDAY, SUNDAY), hours, min_size=1),
    st.dictionaries(days, st.none() | hours, max_size=8),
)
some_calendar = st.just(OFFICE) | calendars
lengths = st.integers(0, 14 * 24 * 60)
properties = settings(max_examples=150, deadline=None)


@properties
@given(some_calendar, instants, lengths)
@example(OFFICE, datetime(2026, 4, 23, 14, 0, tzinfo=UTC), 4 * 24 * 60)
@example(OFFICE, datetime(2026, 10, 28, 6, 0, tzinfo=UTC), 4 * 24 * 60)
def test_working_minutes_are_those_counted_one_by_one(calendar: WorkingCalendar, start: datetime, length: int) -> None:
    end = start + length * MINUTE
    minutes = counted(calendar, start, end)
    assert working_minutes(calendar, start, end) == minutes
    assert working_minutes(calendar, end, start) == -minutes


@properties
@given(some_calendar, instants, st.integers(1, 3000))
def test_after_working_minutes_is_the_first_moment_by_which_they_are_over(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = after_working_minutes(calendar, start, minutes)
    assert working_minutes(calendar, start, end) == minutes
    assert working_minutes(calendar, start, end - MINUTE) == minutes - 1
    assert open_by_the_clock(calendar, end - MINUTE)


@properties
@given(some_calendar, instants, st.integers(0, 59))
def test_open_and_next_opening_and_closing_follow_the_clock_on_the_wall(
    calendar: WorkingCalendar, start: datetime, seconds: int
) -> None:
    instant = start + timedelta(seconds=seconds)
    assert is_open(calendar, instant) == open_by_the_clock(calendar, instant)
    opening, closing = next_opening(calendar, instant), next_closing(calendar, instant)
    assert (opening == instant) == open_by_the_clock(calendar, instant)
    assert open_by_the_clock(calendar, opening)
    assert not any(open_by_the_clock(calendar, moment) for moment in minutes_between(instant, opening))
    assert open_by_the_clock(calendar, closing - timedelta(seconds=1))
    assert opening < closing


@properties
@given(some_calendar, instants, lengths, lengths)
def test_working_time_of_two_stretches_adds_up(
    calendar: WorkingCalendar, start: datetime, first: int, second: int
) -> None:
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    parts = working_minutes(calendar, start, middle) + working_minutes(calendar, middle, end)
    assert working_minutes(calendar, start, end) == parts


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-26T16:30", "2026-11-29T09:30", 60),  # over the weekend: Friday and Saturday
        ("2026-10-06T00:00", "2026-10-07T00:00", 0),  # a holiday
        ("2026-10-28T08:00", "2026-10-28T18:00", 180),  # a short day
        ("2026-04-23T16:00", "2026-04-26T10:00", 120),  # the clocks go forward on the weekend between
        ("2026-10-29T16:00", "2026-11-01T10:00", 120),  # and back
        ("2026-11-24T12:00:40", "2026-11-24T12:02:20", 1),  # whole minutes
    ],
)
def test_working_minutes_of_the_office(start: str, end: str, minutes: int) -> None:
    assert working_minutes(OFFICE, cairo(start), cairo(end)) == minutes


def test_hour_that_does_not_exist_is_no_working_time_and_one_that_happens_twice_counts_twice() -> None:
    night = WorkingCalendar(CAIRO, dict.fromkeys(range(7), Hours(time(0), time(23, 59))))
    forward = working_minutes(night, cairo("2026-04-23T23:59"), cairo("2026-04-25T00:00"))
    back = working_minutes(night, cairo("2026-10-29T00:00"), cairo("2026-10-30T00:00"))
    assert (forward, back) == (22 * 60 + 59, 24 * 60 + 58)
    late = WorkingCalendar(CAIRO, {THURSDAY: Hours(time(22), time(23, 30))})
    first, second = late.spans_on(date(2026, 10, 29))
    assert (first.start, first.end) == (cairo("2026-10-29T22:00"), cairo("2026-10-29T23:30"))
    assert (second.start, second.end) == (cairo("2026-10-29T23:00", fold=1), cairo("2026-10-29T23:30", fold=1))


def test_nothing_to_wait_for_is_over_at_once_even_when_the_office_is_closed() -> None:
    saturday = cairo("2026-11-28T12:00")
    assert after_working_minutes(OFFICE, saturday, 0) == saturday
    assert after_working_minutes(OFFICE, saturday, 1) == cairo("2026-11-29T09:01")


@pytest.mark.parametrize(
    ("weekdays", "special_days"),
    [
        ({}, {}),
        ({FRIDAY: Hours(time(9), time(9))}, {}),
        ({SATURDAY: OFFICE_HOURS}, {date(2026, 1, 1): Hours(time(12), time(9))}),
    ],
)
def test_calendar_in_which_nobody_could_ever_answer_is_refused(
    weekdays: dict[int, Hours], special_days: dict[date, Hours | None]
) -> None:
    with pytest.raises(ValueError, match="hours"):
        WorkingCalendar(CAIRO, weekdays, special_days)
