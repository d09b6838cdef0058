"""Events and calls as schema.org describes them: an Event, a JobPosting, or a page that expires."""

from __future__ import annotations

from typing import Any

from core.content_types.builder import Json
from core.content_types.linked_data import file_object
from core.content_types.registry import LinkedData

# Properties that schema.org defines for creative works only, not for events or jobs.
_OF_WORKS = (
    "datePublished", "dateModified", "correction", "spatialCoverage", "publisher", "license", "usageInfo",
    "copyrightHolder", "creditText", "workTranslation", "translationOfWork",
)  # fmt: skip


def _time(item: Json, name: str) -> str | None:
    moment: str | None = item[f"{name}_at"] or item[f"{name}_on"]
    return moment


def _organization(item: Json) -> Json | None:
    return {"@type": "Organization", "name": item["organizer"]} if item["organizer"] else None


def _place(item: Json) -> Json | None:
    return {"@type": "Place", "name": item["place"], "address": item["place"]} if item["place"] else None


def _event(item: Json) -> Json:
    online = {"@type": "VirtualLocation", "url": item["online_url"]} if item["online_url"] else None
    places = [place for place in (_place(item), online) if place]
    modes = {
        (True, True): "MixedEventAttendanceMode",
        (True, False): "OfflineEventAttendanceMode",
        (False, True): "OnlineEventAttendanceMode",
    }
    mode = modes.get((bool(item["place"]), bool(online)))
    return {
        "startDate": _time(item, "starts"),
        "endDate": _time(item, "ends"),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{mode}" if mode else None,
        "location": places,
        "organizer": _organization(item),
    }


def _job(item: Json) -> Json:
    return {
        "title": item["title"],
        "datePosted": (item["published_at"] or "")[:10],
        "validThrough": _time(item, "deadline"),
        "hiringOrganization": _organization(item),
        "jobLocation": _place(item),
    }


def _call(item: Json) -> Json:
    return {"@type": "WebPage", "expires": _time(item, "deadline"), "encoding": _files(item)}


def _files(item: Json) -> list[Json]:
    return [file_object(file) for file in item["files"]]


def properties(item: Json) -> Json:
    works: dict[str, Any] = dict.fromkeys(_OF_WORKS)
    if item["kind"] == "vacancy":
        return {**works, "@type": "JobPosting", **_job(item)}
    if item["kind"] == "event":
        return {**works, **_event(item)}
    return {**_call(item), "datePublished": (item["published_at"] or "")[:10]}


LINKED_DATA = LinkedData(type="Event", others=("JobPosting", "WebPage"), properties=properties)
