"""Dates and hours in words, as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.languages.declared import reader


def long_date(value: date | datetime | None) -> SafeString:
    """Return a `<time>` with a date as CLDR writes it in the reader's language, in Western digits; nothing if a draft
    has no date yet.
    """
    if value is None:
        return SafeString()
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_text(value))


def long_date_time(value: datetime) -> SafeString:
    """Return a `<time>` with date and hour, in the office's time zone."""
    return format_html('<time datetime="{}">{}</time>', timezone.localtime(value).isoformat(), date_time_text(value))


def date_time_text(value: datetime, zone: str = settings.TIME_ZONE) -> str:
    """Return date and hour in the office's time zone, or in another (an IANA name), for plain text."""
    pattern = f"d MMMM y{reader().comma}HH:mm"
    return _first_of_month(
        str(format_datetime(value.astimezone(ZoneInfo(zone)), format=pattern, locale=format_locale()))
    )


def date_text(value: date) -> str:
    """Return a date as `long_date` writes it, for plain text."""
    return _first_of_month(str(format_date(value, format="long", locale=format_locale())))


def _first_of_month(text: str) -> str:
    """Write the first of a month as an ordinal where the language has one, which CLDR's patterns do not."""
    ordinal = reader().first_of_month
    return f"{ordinal}{text[1:]}" if ordinal and text.startswith("1 ") else text


def format_locale() -> str:
    """Return the CLDR locale for the dates that the reader sees."""
    return reader().cldr_locale
