"""The deadline of an inquiry: a moment in the journalist's own time zone, which the office reads in Cairo time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import date_time_text
from core.places.time_zones import zone_name

FIRST_YEAR, LAST_YEAR = 2020, 2100


def deadline_at(day: date, hour: time, zone: str) -> datetime:
    """Return the moment, in UTC, at which clocks in `zone` show that date and time; the first of two if clocks go back.

    Raise ValidationError for a year that must be a typing error, and for a time that clocks skip.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError({"deadline_date": _("Check the year of the deadline.")})
    local = datetime.combine(day, hour, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    shown = moment.astimezone(local.tzinfo).replace(tzinfo=None)
    if shown != local.replace(tzinfo=None):
        raise ValidationError(
            {
                "deadline_time": _(
                    "Clocks go forward that day: %(time)s does not exist there. Enter %(next)s or another time."
                )
                % {"time": f"{hour:%H:%M}", "next": f"{shown:%H:%M}"}
            }
        )
    return moment


def is_doubled(moment: datetime, zone: str) -> bool:
    """Return whether clocks in `zone` show this time of day twice, because they go back."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def is_soon(moment: datetime, now: datetime) -> bool:
    """Return whether a deadline has passed, or is so near that only a call helps."""
    return moment < now + timedelta(hours=1)


def moment_texts(moment: datetime, zone: str, language: str) -> list[tuple[str, str]]:
    """Return (date and time, city) in the journalist's time zone, then in the office's if that is another."""
    return [
        (date_time_text(moment, each), zone_name(each, language)) for each in dict.fromkeys((zone, settings.TIME_ZONE))
    ]
