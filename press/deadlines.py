"""The deadline of an inquiry: a moment in the journalist's own time zone, which the office reads in Cairo's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.countries import alphabetical
from core.templatetags.site_tags import date_time_text

# Where journalists who write to the office live: the region, then the seats of the world's media.
ZONES = (
    "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca", "Africa/Khartoum", "Africa/Tripoli", "Africa/Tunis",
    "Asia/Aden", "Asia/Amman", "Asia/Baghdad", "Asia/Bahrain", "Asia/Beirut", "Asia/Damascus", "Asia/Dubai",
    "Asia/Gaza", "Asia/Kuwait", "Asia/Muscat", "Asia/Qatar", "Asia/Riyadh", "Asia/Jerusalem",
    "Africa/Addis_Ababa", "Africa/Dakar", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Chicago", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "America/Toronto",
    "Asia/Hong_Kong", "Asia/Jakarta", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Shanghai", "Asia/Singapore",
    "Asia/Tehran", "Asia/Tokyo", "Australia/Sydney",
    "Europe/Amsterdam", "Europe/Athens", "Europe/Berlin", "Europe/Brussels", "Europe/Istanbul", "Europe/London",
    "Europe/Madrid", "Europe/Moscow", "Europe/Oslo", "Europe/Paris", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna",
    "Europe/Warsaw", "Europe/Zurich",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2020, 2100


@cache
def zone_name(zone: str, language: str) -> str:
    """The city that a zone is named after, as CLDR writes it, which keeps some under a zone's former name."""
    cities = Locale.parse(language).time_zones
    former = [name for name, present in get_global("zone_aliases").items() if present == zone]
    found = next((cities[name]["city"] for name in (zone, *former) if "city" in cities.get(name, {})), "")
    return found or str(get_timezone_location(ZoneInfo(zone), locale=language, return_city=True))


def zone_choices() -> list[tuple[str, str]]:
    """(IANA name, city) in the reader's language, the office's own first."""
    language = (get_language() or "en")[:2]
    named = [(zone, zone_name(zone, language)) for zone in ZONES]
    return sorted(named, key=lambda choice: (choice[0] != settings.TIME_ZONE, alphabetical(choice[1])))


def deadline_at(day: date, hour: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show that date and time; the first of two where clocks go back.

    Raises ValidationError for a year that is a slip of the finger, and for a time that clocks leave out.
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
    """Whether clocks in `zone` show this time of day twice, because they go back."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def is_soon(moment: datetime, now: datetime) -> bool:
    """Whether a deadline is so near, or past, that only a call helps."""
    return moment < now + timedelta(hours=1)


def moment_texts(moment: datetime, zone: str, language: str) -> list[tuple[str, str]]:
    """(date and time, city) by the journalist's clock, then by the office's where that is another."""
    return [
        (date_time_text(moment, each), zone_name(each, language)) for each in dict.fromkeys((zone, settings.TIME_ZONE))
    ]
