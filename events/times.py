"""Days and hours in the time zone of a place, and the moments that they correspond to.

An event announced for ten o'clock in Amman stays at ten o'clock there even if the time zone rules change, so the day,
the hour and the zone are stored, as RFC 5545 advises, and never the moment alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class When:
    """A day in a time zone (an IANA name), with an hour; without one it is the whole day."""

    day: date
    hour: time | None
    zone: str

    @property
    def moment(self) -> datetime | None:
        """Return the moment, or None if the hour is not known."""
        return datetime.combine(self.day, self.hour, ZoneInfo(self.zone)) if self.hour else None

    @property
    def first(self) -> datetime:
        """Return the moment at which it begins."""
        return self.moment or datetime.combine(self.day, time(), ZoneInfo(self.zone))

    @property
    def last(self) -> datetime:
        """Return the moment after which it is past: the end of the day if the hour is not known."""
        return self.moment or datetime.combine(self.day + timedelta(days=1), time(), ZoneInfo(self.zone))


def when(day: date | None, hour: time | None, zone: str) -> When | None:
    return When(day, hour, zone) if day else None
