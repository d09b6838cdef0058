"""Offer time zones to choose from, each by the city that it is named after."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.conf import settings

from core.languages.declared import DECLARED, reader_language
from core.languages.language import TextIn
from core.places.countries import alphabetical

# The region first, then the seats of the world's media and organizations.
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


@cache
def zone_name(zone: str, language: str) -> str:
    """Return the city that a zone is named after, as in CLDR, which keeps some under a zone's former name; in
    the default language if CLDR has none in this one.
    """
    cldr = DECLARED[language].cldr_locale
    cities = Locale.parse(cldr).time_zones
    former = [name for name, present in get_global("zone_aliases").items() if present == zone]
    found = next((cities[name]["city"] for name in (zone, *former) if "city" in cities.get(name, {})), "")
    if not found and language != settings.LANGUAGE_CODE:
        return TextIn(zone_name(zone, settings.LANGUAGE_CODE), settings.LANGUAGE_CODE)
    return found or str(get_timezone_location(ZoneInfo(zone), locale=cldr, return_city=True))


def zone_choices() -> list[tuple[str, str]]:
    """Return (IANA name, city) in the reader's language, the office's own zone first."""
    language = reader_language()
    named = [(zone, zone_name(zone, language)) for zone in ZONES]
    return sorted(named, key=lambda choice: (choice[0] != settings.TIME_ZONE, alphabetical(choice[1])))
