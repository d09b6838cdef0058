"""The office's working calendar, and whether the office is open, in words for readers."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import format_locale
from core.languages.declared import reader
from core.web.request_memory import remembered

from .models import Holiday, OfficeHours
from .working_time import Hours, WorkingCalendar, is_open, next_closing, next_opening

# The month from which the next year's holidays are entered.
_PLANNED_FROM = 11


def office_calendar() -> WorkingCalendar:
    """Return the calendar as staff have entered it. If two special days coincide, the shorter hours apply."""
    return remembered("office_calendar", _read_calendar)


def hours_are_confirmed() -> bool:
    """Return whether staff have entered the office's hours.

    Until then a usual week is used for counting, and shown to nobody.
    """
    return remembered("office_hours_confirmed", OfficeHours.objects.exists)


def _read_calendar() -> WorkingCalendar:
    special: dict[date, Hours | None] = {}
    for holiday in Holiday.objects.all():
        for day in holiday.days():
            special[day] = _shorter(special[day], holiday.hours) if day in special else holiday.hours
    return WorkingCalendar(ZoneInfo(settings.TIME_ZONE), OfficeHours.current().by_weekday(), special)


def _shorter(one: Hours | None, other: Hours | None) -> Hours | None:
    return one.within(other) if one else None


def opening_text(calendar: WorkingCalendar, instant: datetime) -> str:
    """Return whether the office is open, and until when or from when, as plain text in the reader's language and the
    office's time.
    """
    if is_open(calendar, instant):
        closes = timezone.localtime(next_closing(calendar, instant), calendar.zone)
        return _("The office is open until %(time)s, Cairo time.") % {"time": f"{closes:%H:%M}"}
    opens = timezone.localtime(next_opening(calendar, instant), calendar.zone)
    values = {"day": day_text(opens.date()), "time": f"{opens:%H:%M}"}
    return _("The office is closed. It opens on %(day)s at %(time)s, Cairo time.") % values


def next_change(now: datetime) -> datetime | None:
    """Return when the office next opens or closes."""
    if not hours_are_confirmed():
        return None
    calendar = office_calendar()
    return next_closing(calendar, now) if is_open(calendar, now) else next_opening(calendar, now)


def day_text(day: date) -> str:
    """Return weekday, day and month as CLDR writes them in the reader's language, in Western digits."""
    text = str(format_date(day, format="EEEE d MMMM", locale=format_locale()))
    ordinal = reader().first_of_month
    return text.replace(" 1 ", f" {ordinal} ") if ordinal else text


def years_without_holidays(today: date) -> list[int]:
    """Return this year, and in its last two months also the next one, if no holiday is entered for it."""
    years = [today.year] if today.month < _PLANNED_FROM else [today.year, today.year + 1]
    entered = {day.year for holiday in Holiday.objects.all() for day in holiday.days()}
    return [year for year in years if year not in entered]
