"""The content type of events and calls."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from django.utils import translation
from django.utils.translation import pgettext_lazy
from pydantic import AfterValidator, StringConstraints

from core.content_types.front_matter import (
    CorrectedFrontMatter,
    FileEntry,
    Locate,
    NamedFile,
    Resolve,
    date_or_moment,
    filled,
)
from core.content_types.references import DocumentReference
from core.content_types.registry import BundleForm, ContentType, SearchText, declare
from core.content_types.schemas.blocks import File
from core.content_types.schemas.content import Card, Corrected
from core.links.web_addresses import is_web_address
from core.places.time_zones import ZONES

from .fields import SPOKEN
from .linked_data import LINKED_DATA
from .models import EventFile, EventPage, Kind

EventKind = Literal["event", "vacancy", "tender", "consultation"]
_NAMES = ("start", "end", "deadline")


class EventCard(Card):
    """`…_on`: days by the clocks of `time_zone`. `…_at`: the same as moments, where an hour is known. `date`: the day
    that readers look for, the start of an event or the deadline of a call. `place`, `organizer`: in the language of the
    item; no organizer: the office itself. `spoken_languages`: that it is held in (BCP 47).
    """

    type: Literal["event"]
    kind: EventKind
    date: datetime.date
    starts_on: datetime.date | None
    starts_at: str | None
    ends_on: datetime.date | None
    ends_at: str | None
    deadline_on: datetime.date | None
    deadline_at: str | None
    time_zone: str
    place: str | None
    online_url: str | None
    spoken_languages: list[str]
    organizer: str | None


class EventItem(Corrected, EventCard):
    """`how_to_apply`: plain text, a line a step. `calendar_url`: the same as an iCalendar file (RFC 5545)."""

    how_to_apply: str
    apply_url: str | None
    files: list[File]
    calendar_url: str


def _zone(value: str) -> str:
    if value not in ZONES:
        raise ValueError(f"“{value}” is not a time zone to choose from; write one such as Africa/Cairo")
    return value


def _spoken(value: str) -> str:
    if value not in SPOKEN:
        raise ValueError(f"“{value}” is not a language to choose from: {', '.join(SPOKEN)}")
    return value


def _address(value: str) -> str:
    if value and not is_web_address(value):
        raise ValueError("write an address that starts with https://")
    return value


WebAddress = Annotated[str, StringConstraints(max_length=200), AfterValidator(_address)]


class EventFrontMatter(CorrectedFrontMatter):
    kind: EventKind
    start: datetime.date | None = None
    start_time: datetime.time | None = None
    end: datetime.date | None = None
    end_time: datetime.time | None = None
    deadline: datetime.date | None = None
    deadline_time: datetime.time | None = None
    time_zone: Annotated[str, AfterValidator(_zone)] = "Africa/Cairo"
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    online: WebAddress = ""
    spoken: list[Annotated[str, AfterValidator(_spoken)]] = []
    organizer: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    how_to_apply: str = ""
    apply_at: WebAddress = ""
    files: list[FileEntry] = []

    def named_files(self) -> Iterator[NamedFile]:
        yield from super().named_files()
        yield from (NamedFile(("files", index, "file"), item.file) for index, item in enumerate(self.files))

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        times: dict[str, Any] = {}
        for name in _NAMES:
            times[f"{name}_date"] = getattr(self, name)
            times[f"{name}_time"] = getattr(self, f"{name}_time")
        return {
            "kind": self.kind,
            **times,
            "time_zone": self.time_zone,
            "place": self.place,
            "online_url": self.online,
            "spoken": [code for code in SPOKEN if code in self.spoken],
            "organizer": self.organizer,
            "how_to_apply": self.how_to_apply.strip(),
            "apply_url": self.apply_at,
        }

    def page_rows(self, resolve: Resolve, language: str) -> dict[str, list[Any]]:
        files = [
            EventFile(
                document_id=resolve(DocumentReference(item.file, item.title, item.language or language)),
                language=item.language or language,
                title=item.title,
            )
            for item in self.files
        ]
        return {"files": files}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        times: dict[str, Any] = {}
        for name in _NAMES:
            hour = getattr(page, f"{name}_time")
            times[name] = date_or_moment(getattr(page, f"{name}_date"))
            times[f"{name}_time"] = hour.isoformat("minutes") if hour else ""
        files = [
            {"file": locate(DocumentReference(""), item.document_id), **filled(item, "language", "title")}
            for item in page.files.all()
        ]
        return {
            "kind": str(page.kind),
            **times,
            "time_zone": page.time_zone,
            **filled(page, "place", "spoken", "organizer", "how_to_apply"),
            "online": page.online_url,
            "apply_at": page.apply_url,
            "files": files,
        }


def _search_words(item: dict[str, Any]) -> Iterator[str]:
    with translation.override(item["locale"]):
        yield str(Kind(item["kind"]).label)
    yield item["place"] or ""
    yield item["organizer"] or ""


declare(
    ContentType(
        name="event",
        model=EventPage,
        position=35,
        path="events",
        plural=pgettext_lazy("type of content", "Events and calls"),
        card=EventCard,
        item=EventItem,
        linked_data=LINKED_DATA,
        bundle=BundleForm(folder="events", parent="pages/events", front_matter=EventFrontMatter),
        search=SearchText(words=_search_words),
        date_key="date",
        has_feed=True,
    )
)
