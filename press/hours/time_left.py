"""How much working time is left until a deadline, in words and in degrees of urgency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from .working_time import WorkingCalendar, working_minutes

URGENT_MINUTES = 60
SOON_MINUTES = 4 * 60
# Nobody plans beyond this, and nothing beyond it is counted.
HORIZON = timedelta(days=90)


class Urgency(StrEnum):
    OVERDUE = "overdue"
    URGENT = "urgent"
    SOON = "soon"
    IN_TIME = "in-time"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class TimeLeft:
    """The working time until a deadline. `minutes`: negative after it. `is_at_least`: whether no more were counted."""

    urgency: Urgency
    minutes: int
    is_at_least: bool = False

    def __str__(self) -> str:
        time = {"time": duration_text(abs(self.minutes))}
        match self.urgency:
            case Urgency.OVERDUE if self.is_at_least:
                return _("Overdue by more than %(time)s") % time
            case Urgency.OVERDUE:
                return _("Overdue by %(time)s") % time
            case Urgency.URGENT:
                return _("Urgent: %(time)s left") % time
            case Urgency.SOON:
                return _("Soon: %(time)s left") % time
            case Urgency.IN_TIME:
                return _("In time: %(time)s left") % time
            case Urgency.PAUSED:
                return _("Paused: waiting for the journalist")
            case Urgency.CLOSED:
                return _("Closed")


def time_left(calendar: WorkingCalendar, deadline: datetime, now: datetime) -> TimeLeft:
    """Return the working time from `now` to a deadline, counted as far as HORIZON."""
    counted_to = min(max(deadline, now - HORIZON), now + HORIZON)
    minutes = working_minutes(calendar, now, counted_to)
    if deadline <= now:
        return TimeLeft(Urgency.OVERDUE, minutes, is_at_least=deadline < counted_to)
    if minutes <= URGENT_MINUTES:
        return TimeLeft(Urgency.URGENT, minutes)
    return TimeLeft(Urgency.SOON if minutes <= SOON_MINUTES else Urgency.IN_TIME, minutes)


def duration_text(minutes: int) -> str:
    """Return hours and minutes in the reader's language, without the hours if there are none."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": rest}
