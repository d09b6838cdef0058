"""Events and calls as iCalendar (RFC 5545), which every calendar application reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, vText

from .models import EventPage, Kind
from .times import When

CALENDAR_TYPE = "text/calendar; charset=utf-8"


def calendar_of(events: Iterable[EventPage], language: str, name: str) -> bytes:
    """Return events and calls as one calendar called `name`, with the definitions of the time zones it uses."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_host()}//Events//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        if event.day:
            calendar.add_component(_entry(event, language))
    calendar.add_missing_timezones()
    # They come from a set, in another order in each process, and the answer would have an ETag for each.
    calendar.subcomponents.sort(key=_order)
    return bytes(calendar.to_ical())


def _order(part: Component) -> tuple[bool, str]:
    """Return what sorts time zones by name before the entries, which keep their order."""
    return (part.name != "VTIMEZONE", str(part.get("tzid", "")))


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _entry(page: EventPage, language: str) -> Event:
    entry = Event()
    entry.add("uid", f"{page.translation_key}@{_host()}")
    entry.add("summary", _summary(page), parameters={"LANGUAGE": language})
    entry.add("dtstamp", page.last_published_at)
    entry.add("last-modified", page.last_published_at)
    for name, value in _span(page).items():
        entry.add(name, value)
    if page.summary:
        entry.add("description", page.summary, parameters={"LANGUAGE": language})
    if page.place or page.online_url:
        entry.add("location", page.place or page.online_url)
    entry.add("url", f"{settings.BASE_URL}{page.url}")
    entry.add("categories", [vText(page.get_kind_display())])
    if page.kind != Kind.EVENT:
        entry.add("transp", "TRANSPARENT")  # a deadline does not make anyone busy
    return entry


def _summary(page: EventPage) -> str:
    if page.kind == Kind.EVENT or not page.deadline:
        return str(page.title)
    return _("Deadline: %(title)s") % {"title": page.title}


def _span(page: EventPage) -> dict[str, object]:
    """Return the start of an entry, and its end if it has one: a whole day ends on the day after it (RFC 5545)."""
    first = page.starts if page.kind == Kind.EVENT or not page.deadline else page.deadline
    last = page.ends if first is page.starts or first == page.starts else None
    if first is None:
        return {}
    if first.moment is None or (last and last.moment is None):
        return {"dtstart": first.day, "dtend": (last or first).day + timedelta(days=1)}
    start: datetime = first.moment
    end = last.moment if isinstance(last, When) else None
    return {"dtstart": start, **({"dtend": end} if end and end > start else {})}
