"""When the press desk is open, in words for readers."""

from __future__ import annotations

from babel.dates import get_day_names
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import format_locale

from .working_time import FRIDAY, MONDAY, SATURDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY, WorkingCalendar

WEEK = (SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY)


def desk_hours(calendar: WorkingCalendar) -> list[tuple[str, str]]:
    """Return the usual week as (days, hours) in the reader's language; consecutive days with the same hours are
    together.
    """
    runs: list[list[int]] = []
    for day in WEEK:
        if day not in calendar.weekdays:
            continue
        follows = runs and WEEK.index(runs[-1][-1]) + 1 == WEEK.index(day)
        if follows and calendar.weekdays[runs[-1][-1]] == calendar.weekdays[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [(_days(run), _hours(calendar, run[0])) for run in runs]


def _days(run: list[int]) -> str:
    names = get_day_names("wide", locale=format_locale())
    if len(run) == 1:
        return str(capfirst(names[run[0]]))
    return _("%(first)s to %(last)s") % {"first": capfirst(names[run[0]]), "last": names[run[-1]]}


def _hours(calendar: WorkingCalendar, day: int) -> str:
    hours = calendar.weekdays[day]
    return f"{hours.opens:%H:%M}–{hours.closes:%H:%M}"
