"""Events and calls: upcoming and past ones, by the local time of the place; calendars; linked data."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from events.models import EventPage, Kind, past_in, upcoming_in
from events.times import When
from tests.factories import LANGUAGES, make_page, the_page

pytestmark = pytest.mark.django_db


def make_event(language: str = "en", **fields: Any) -> EventPage:
    page: EventPage = make_page(EventPage, language, **{"start_date": date(2031, 3, 1)} | fields)
    return page


def made_call(days: int, **fields: Any) -> EventPage:
    """Create a vacancy whose deadline is this number of days from today."""
    deadline = timezone.localdate() + timedelta(days=days)
    return make_event(kind=Kind.VACANCY, start_date=None, deadline_date=deadline, **fields)


def calendar(answer: Any) -> Any:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_day_ends_by_the_clocks_of_the_place() -> None:
    assert When(date(2031, 3, 1), None, "Asia/Dubai").last == datetime(2031, 3, 1, 20, tzinfo=UTC)
    assert When(date(2031, 3, 1), time(10), "Africa/Tunis").first == datetime(2031, 3, 1, 9, tzinfo=UTC)


def test_call_of_today_is_open_and_that_of_yesterday_is_past() -> None:
    today, yesterday = made_call(0), made_call(-1)
    locale = today.locale_id
    assert today in upcoming_in(locale)
    assert yesterday not in upcoming_in(locale)
    assert yesterday in past_in(locale)
    assert (today.is_over, yesterday.is_over) == (False, True)


def test_list_shows_the_next_first_and_the_archive_the_last_first(client: Client) -> None:
    later, sooner = made_call(9), made_call(3)
    old, older = made_call(-3), made_call(-9)
    address = the_page(type(later.get_parent().specific), "en").url
    shown = [page.pk for page in client.get(address).context["items"]]
    assert shown.index(sooner.pk) < shown.index(later.pk)
    assert not {old.pk, older.pk} & set(shown)
    answer = client.get(f"{address}?when=past")
    shown = [page.pk for page in answer.context["items"]]
    assert shown.index(old.pk) < shown.index(older.pk)
    assert "Past</strong>" in answer.content.decode()


def test_list_is_narrowed_to_a_kind_and_takes_no_other_word(client: Client) -> None:
    vacancy, event = made_call(5), make_event()
    address = the_page(type(event.get_parent().specific), "en").url
    shown = {page.pk for page in client.get(f"{address}?kind=vacancy").context["items"]}
    assert vacancy.pk in shown
    assert event.pk not in shown
    assert client.get(f"{address}?kind=feast&when=never").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_the_hour_by_the_clocks_of_the_place(client: Client, language: str) -> None:
    page = make_event(language, start_time=time(10), time_zone="Asia/Amman")
    html = client.get(page.url).content.decode()
    assert '<time datetime="2031-03-01T10:00:00+03:00"' in html
    assert {"ar": "عمّان", "en": "Amman", "fr": "Amman"}[language] in html


def test_past_event_says_so_and_takes_nobody(client: Client) -> None:
    page = make_event(start_date=date(2026, 3, 1), how_to_apply="Write to us.")
    html = client.get(page.url).content.decode()
    assert "This event is over." in html
    assert "Write to us." not in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": Kind.EVENT, "start_date": None}, "start_date"),
        ({"kind": Kind.TENDER, "start_date": None}, "deadline_date"),
        ({"start_date": date(2031, 3, 2), "end_date": date(2031, 3, 1)}, "end_date"),
        ({"deadline_time": time(10)}, "deadline_date"),
        ({"spoken": ["xx"]}, "spoken"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_event_that_nobody_could_attend_is_refused(fields: dict[str, Any], wrong: str) -> None:
    page = make_event(live=False)
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert wrong in refused.value.message_dict


def test_calendar_is_the_same_in_every_process(client: Client) -> None:
    zones = ["Asia/Amman", "Asia/Beirut", "Africa/Tunis", "Asia/Dubai", "Africa/Tripoli", "Asia/Aden", "Asia/Qatar"]
    for zone in zones:
        make_event(start_time=time(10), time_zone=zone)
    listed = [str(zone["tzid"]) for zone in calendar(client.get("/en/feeds/events.ics")).walk("VTIMEZONE")]
    assert set(listed) >= set(zones)
    assert listed == sorted(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_event_goes_into_a_calendar_with_the_rules_of_its_zone(client: Client, language: str) -> None:
    page = make_event(
        language,
        start_time=time(10),
        end_date=date(2031, 3, 1),
        end_time=time(12),
        time_zone="Asia/Beirut",
        place="A, B",
    )
    with translation.override(language):
        answer = client.get(reverse("event_calendar", args=[page.translation_key]))
    [entry] = calendar(answer).walk("VEVENT")
    assert entry["dtstart"].dt == datetime(2031, 3, 1, 8, tzinfo=UTC)
    assert str(entry["dtstart"].params["TZID"]) == "Asia/Beirut"
    assert entry["dtend"].dt - entry["dtstart"].dt == timedelta(hours=2)
    assert (str(entry["summary"]), str(entry["location"])) == (page.title, "A, B")
    assert [str(zone["tzid"]) for zone in calendar(answer).walk("VTIMEZONE")] == ["Asia/Beirut"]


def test_whole_day_ends_on_the_day_after_and_a_deadline_keeps_nobody_busy(client: Client) -> None:
    for page, expected in (
        (make_event(end_date=date(2031, 3, 2)), (date(2031, 3, 1), date(2031, 3, 3))),
        (
            make_event(kind=Kind.TENDER, start_date=None, deadline_date=date(2031, 3, 5)),
            (date(2031, 3, 5), date(2031, 3, 6)),
        ),
    ):
        [entry] = calendar(client.get(page.calendar_url)).walk("VEVENT")
        assert (entry["dtstart"].dt, entry["dtend"].dt) == expected
    assert str(entry["transp"]) == "TRANSPARENT"
    assert str(entry["summary"]).startswith("Deadline: ")


def test_calendar_to_subscribe_to_has_what_comes_and_forgets_what_is_long_past(client: Client) -> None:
    coming, lately, long_ago = made_call(5), made_call(-5), made_call(-500)
    answer = client.get("/en/feeds/events.ics")
    found = {str(entry["uid"]).partition("@")[0] for entry in calendar(answer).walk("VEVENT")}
    assert {str(coming.translation_key), str(lately.translation_key)} <= found
    assert str(long_ago.translation_key) not in found
    assert client.get("/en/feeds/events.ics", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_draft_has_no_calendar(client: Client) -> None:
    page = make_event(live=False)
    assert client.get(page.calendar_url).status_code == 404
    assert page.title not in client.get("/en/feeds/events.ics").content.decode()


def linked(client: Client, page: EventPage) -> dict[str, Any]:
    data: dict[str, Any] = client.get(f"/api/v1/items/{page.translation_key}.jsonld").json()
    return data


def test_linked_data_is_an_event_a_job_or_a_page_that_expires(client: Client) -> None:
    event = linked(client, make_event(start_time=time(10), online_url="https://example.org/x", place="Cairo"))
    assert event["@type"] == "Event"
    assert event["startDate"] == "2031-03-01T08:00:00Z"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert "datePublished" not in event
    job = linked(client, made_call(5, organizer="An office"))
    assert (job["@type"], job["hiringOrganization"]["name"]) == ("JobPosting", "An office")
    tender = linked(client, make_event(kind=Kind.TENDER, deadline_date=date(2031, 4, 1)))
    assert (tender["@type"], tender["expires"]) == ("WebPage", "2031-04-01")


def test_api_lists_events_with_days_and_moments(client: Client) -> None:
    page = make_event(start_time=time(10), time_zone="Africa/Tunis", deadline_date=date(2031, 2, 1))
    found = client.get("/api/v1/events?limit=100").json()["items"]
    item = next(item for item in found if item["content_id"] == str(page.translation_key))
    assert (item["date"], item["starts_on"], item["starts_at"]) == ("2031-03-01", "2031-03-01", "2031-03-01T09:00:00Z")
    assert (item["deadline_on"], item["deadline_at"], item["ends_on"]) == ("2031-02-01", None, None)
    assert item["kind"] == "event"
