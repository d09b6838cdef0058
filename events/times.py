"""Days and hours by the clocks of a place, and the moments that they are.

What is announced for ten o'clock in Amman stays at ten o'clock there if the rules of its clocks change, so the day, the
hour and the zone are stored, as RFC 5545 advises, and never the moment alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class When:
    """A day in a zone (an IANA name), with an hour or without one: then it is the whole day."""

    day: date
    hour: time | None
    zone: str

    @property
    def moment(self) -> datetime | None:
        """Return when it is, where an hour is known."""
        return datetime.combine(self.day, self.hour, ZoneInfo(self.zone)) if self.hour else None

    @property
    def first(self) -> datetime:
        """Return the moment at which it begins."""
        return self.moment or datetime.combine(self.day, time(), ZoneInfo(self.zone))

    @property
    def last(self) -> datetime:
        """Return the moment after which it is past: the end of the day where no hour is known."""
        return self.moment or datetime.combine(self.day + timedelta(days=1), time(), ZoneInfo(self.zone))


def when(day: date | None, hour: time | None, zone: str) -> When | None:
    return When(day, hour, zone) if day else None
