"""Statistics by desk, officer, topic and country, on the page and as a table to export. They say nothing about
journalists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages.declared import reader_language
from core.places.countries import country_name
from press.hours.calendar import office_calendar
from press.hours.time_left import duration_text
from press.inquiries.models.inquiry import Inquiry

from .spreadsheets import Row
from .statistics import Figures, figures_by, since_days

PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class Measured:
    """The figures of one desk, officer, topic or country, with the times in words."""

    name: str
    figures: Figures
    first_response: str
    slow_response: str


def _country(inquiry: Inquiry) -> str:
    return country_name(inquiry.country, reader_language()) if inquiry.country else ""


_KEYS: dict[str, tuple[str | Promise, Callable[[Inquiry], str]]] = {
    "desk": (gettext_lazy("By desk"), lambda inquiry: str(inquiry.desk or "")),
    "officer": (gettext_lazy("By officer"), lambda inquiry: str(inquiry.owner or "")),
    "topic": (gettext_lazy("By topic"), lambda inquiry: str(inquiry.topic or "")),
    "country": (gettext_lazy("By country"), _country),
}


def period_of(text: str) -> int:
    """Return the requested period in days, or the shortest one for anything that is not offered."""
    return next((days for days in PERIODS if str(days) == text), PERIODS[0])


def tables(days: int) -> list[tuple[str, list[Measured]]]:
    """Return (heading, rows) for each way to group the inquiries of a period. Two queries each."""
    return [(str(heading), [_measured(*row) for row in _rows(key, days)]) for heading, key in _KEYS.values()]


def header() -> list[str]:
    return [
        _("Grouped by"), _("Name"), _("Received"), _("Answered"), _("Before the deadline"), _("Published"),
        _("First response: minutes of working time, median"), _("First response: 90th percentile"),
    ]  # fmt: skip


def exported(days: int) -> list[Row]:
    return [
        [
            str(heading), name, found.received, found.answered, found.in_time, found.covered,
            found.first_response, found.slow_response,
        ]
        for heading, key in _KEYS.values()
        for name, found in _rows(key, days)
    ]  # fmt: skip


def time_text(minutes: int | None) -> str:
    return "–" if minutes is None else duration_text(minutes)


def _rows(key: Callable[[Inquiry], str], days: int) -> list[tuple[str, Figures]]:
    return figures_by(office_calendar(), key, since=since_days(days))


def _measured(name: str, found: Figures) -> Measured:
    return Measured(name or "–", found, time_text(found.first_response), time_text(found.slow_response))
