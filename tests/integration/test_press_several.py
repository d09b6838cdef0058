"""Several inquiries at once, postponed inquiries, the duty roster, stand-ins, coverage and statistics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.models import User
from accounts.roles import press_managers_group, press_officers_group
from core.models import Topic
from press.desk import reports
from press.hours.models import OfficeHours
from press.inquiries.models.coverage import InquiryCoverage
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import InquiryPause
from press.inquiries.retention import erase
from press.inquiries.watch import tell_of_deadlines, tell_of_snoozed
from press.staffing.models.desk import Desk
from press.staffing.models.roster import Cover, Duty
from press.staffing.roster import on_duty, stand_in
from tests.integration.test_press_desk import INBOX, STATISTICS, act, member, page_of
from tests.press_inquiries import address, make_inquiry, queued, typed

pytestmark = pytest.mark.django_db
# A Tuesday and a Friday in the future, so that objects stored now are in the past by then.
OPEN_HOUR, CLOSED_HOUR = datetime(2031, 11, 25, 8, tzinfo=UTC), datetime(2031, 11, 28, 8, tzinfo=UTC)


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


@pytest.fixture
def manager(db: None) -> Client:
    return member("a-manager", press_managers_group())


@pytest.fixture
def desk(db: None) -> Desk:
    desk: Desk = Desk.objects.create(names={"ar": "ا", "en": "Duty", "fr": "P"}, email="duty@example.org", is_duty=True)
    return desk


def colleague(name: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "x")
    user.groups.add(press_officers_group())
    return user


def days(first: int, last: int) -> dict[str, Any]:
    today = timezone.localdate()
    return {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def several(client: Client, inquiries: list[Inquiry], do: str, query: str = "", **typed: Any) -> Any:
    ticked = [f"{inquiry.pk}:{inquiry.version}" for inquiry in inquiries]
    fields = {f"bulk-{name}": value for name, value in typed.items()}
    return client.post(f"{INBOX}?{query}", {"bulk-do": do, "ticked": ticked} | fields, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_several_are_taken_at_once_each_with_its_history(officer: Client) -> None:
    inquiries = [make_inquiry(number) for number in (1, 2)]
    response = several(officer, inquiries, "take", "language=en")
    assert said(response) == ["2 inquiries: done."]
    assert response.redirect_chain[0][0].endswith("?language=en")
    for inquiry in Inquiry.objects.all():
        assert (str(inquiry.owner), inquiry.state) == ("an-officer", "assigned")
        assert list(inquiry.events.values_list("kind", flat=True)) == ["owner", "moved"]


def test_several_get_an_owner_a_desk_or_an_end(officer: Client, desk: Desk) -> None:
    nadia, inquiries = colleague("nadia"), [make_inquiry(number) for number in (1, 2)]
    several(officer, inquiries, "give", owner=nadia.pk)
    several(officer, list(Inquiry.objects.all()), "desk", desk=desk.pk)
    assert set(Inquiry.objects.values_list("owner", "desk")) == {(nadia.pk, desk.pk)}
    assert [message.email().to[0] for message in queued("inquiry-notice")].count("nadia@example.org") == 2
    several(officer, list(Inquiry.objects.all()), "close", then="declined", reason="No comment")
    for inquiry in Inquiry.objects.all():
        assert (inquiry.state, inquiry.notes.get().text) == ("declined", "No comment")


def test_those_that_may_not_are_named_and_stay(officer: Client) -> None:
    new, waiting, changed = make_inquiry(1), make_inquiry(2, state="waiting_journalist"), make_inquiry(3)
    Inquiry.objects.filter(pk=changed.pk).update(version=5)
    response = several(officer, [new, waiting, changed], "spam")
    assert said(response) == [
        "1 inquiry: done.",
        "PR-2026-0002: An inquiry that is “waiting for the journalist” cannot become “spam”.",
        "PR-2026-0003: somebody else has just changed it.",
    ]
    assert list(Inquiry.objects.order_by("pk").values_list("state", flat=True)) == ["spam", "waiting_journalist", "new"]
    closed = make_inquiry(4, state="declined", closed_at=timezone.now())
    assert said(several(officer, [closed], "take")) == ["PR-2026-0004: It is closed. Open it again first."]


@pytest.mark.parametrize("do", ["", "give", "desk", "snooze", "close", "nonsense"])
def test_what_is_missing_is_asked_for_and_ticks_stay(officer: Client, do: str) -> None:
    inquiry = make_inquiry()
    response = several(officer, [inquiry], do)
    assert response.status_code == 422
    page = html.fromstring(response.content.decode())
    assert page.xpath("//input[@name='ticked'][@checked]")
    assert page.xpath("//details[@open]//*[@class='desk-error']")
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.version) == ("new", 0)


def test_who_may_not_answer_ticks_nothing() -> None:
    group = press_officers_group()
    reader = member("a-reader", group)
    group.permissions.remove(group.permissions.get(codename="answer_inquiry"))
    inquiry = make_inquiry()
    assert "ticked" not in reader.get(INBOX).content.decode()
    several(reader, [inquiry], "spam")
    inquiry.refresh_from_db()
    assert inquiry.state == "new"


def test_what_is_put_off_is_away_until_then_and_told_once(
    officer: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = make_inquiry(desk=desk)
    until = timezone.now() + timedelta(days=2)
    assert act(officer, inquiry, "snooze", until=f"{timezone.localtime(until):%Y-%m-%dT%H:%M}").status_code == 302
    inquiry.refresh_from_db()
    assert not officer.get(INBOX).context["rows"]
    assert officer.get(f"{INBOX}?state=snoozed").context["rows"]
    assert (inquiry.state, inquiry.events.get().kind, tell_of_snoozed()) == ("new", "snoozed", 0)
    at(monkeypatch, until)
    assert (tell_of_snoozed(), tell_of_snoozed()) == (1, 0)
    officer.force_login(User.objects.get(username="an-officer"))  # the session of two days ago has ended
    assert officer.get(INBOX).context["rows"]
    (notice,) = queued("inquiry-notice")
    assert "put off until now" in notice.email().body


def test_nothing_is_put_off_past_its_deadline(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    inquiry = make_inquiry(deadline=timezone.now() + timedelta(days=1))
    late = f"{timezone.localtime(inquiry.deadline + timedelta(hours=1)):%Y-%m-%dT%H:%M}"
    assert act(officer, inquiry, "snooze", until=late).status_code == 409
    assert act(officer, inquiry, "snooze", until="2020-01-01T10:00").status_code == 409
    assert "not past its deadline" in said(several(officer, [inquiry], "snooze", until=late))[0]
    inquiry.refresh_from_db()
    assert inquiry.snoozed_until is None
    # A deadline that is corrected to an earlier one brings it back.
    Inquiry.objects.update(snoozed_until=inquiry.deadline, deadline=timezone.now() - timedelta(minutes=1))
    assert officer.get(INBOX).context["rows"]


def test_whoever_gets_what_was_put_off_sees_it(officer: Client) -> None:
    inquiry = make_inquiry(snoozed_until=timezone.now() + timedelta(days=1))
    assert not officer.get(INBOX).context["rows"]
    act(officer, inquiry, "take")
    assert officer.get(INBOX).context["rows"]


@pytest.mark.parametrize(("moment", "told"), [(CLOSED_HOUR, ["duty@example.org", "nadia@example.org"]), (OPEN_HOUR, 1)])
def test_whoever_is_on_duty_is_told_of_a_question_while_the_office_is_closed(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: datetime, told: Any
) -> None:
    form = typed()
    at(monkeypatch, moment)
    OfficeHours().save()
    Duty.objects.create(officer=colleague("nadia"), desk=desk, **days(0, 2))
    Duty.objects.create(officer=colleague("omar"), desk=desk, **days(3, 4))
    monkeypatch.setattr("press.inquiries.page.doubt_about", lambda sent: None)
    assert client.post(address("en"), form).status_code == 200
    mails = [message.email() for message in queued("inquiry-announcement")]
    assert [mail.to[0] for mail in mails] == (told if told != 1 else ["duty@example.org"])
    assert not any("leila" in mail.body for mail in mails)


def test_whoever_is_on_duty_is_told_of_a_deadline_while_the_office_is_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, CLOSED_HOUR)
    Duty.objects.create(officer=colleague("nadia"), desk=desk, **days(0, 0))
    created = CLOSED_HOUR - timedelta(days=2)
    make_inquiry(desk=desk, deadline=CLOSED_HOUR - timedelta(minutes=5), created_at=created)
    assert tell_of_deadlines() == 1
    assert sorted(message.email().to[0] for message in queued("inquiry-notice")) == [
        "duty@example.org",
        "nadia@example.org",
    ]


def test_roster_ends_by_itself_and_who_left_drops_out(desk: Desk) -> None:
    nadia, omar = colleague("nadia"), colleague("omar")
    Duty.objects.create(officer=nadia, desk=desk, **days(-3, -1))
    assert on_duty(desk) == []
    Duty.objects.create(officer=nadia, desk=desk, **days(-1, 0))
    assert on_duty(desk) == [nadia]
    cover = Cover.objects.create(absent=nadia, covered_by=omar, **days(0, 5))
    assert (on_duty(desk), stand_in(nadia), stand_in(omar)) == ([omar], omar, None)
    # Two officers who stand in for each other are both absent, so nobody is left.
    Cover.objects.create(absent=omar, covered_by=nadia, **days(0, 0))
    assert stand_in(nadia) is None
    cover.delete()
    User.objects.filter(pk=nadia.pk).update(is_active=False)
    assert (on_duty(desk), stand_in(omar)) == ([], None)


def test_notices_of_who_is_absent_go_to_who_stands_in(officer: Client, manager: Client, desk: Desk) -> None:
    nadia, omar = colleague("nadia"), colleague("omar")
    Cover.objects.create(absent=nadia, covered_by=omar, **days(0, 5))
    inquiry = make_inquiry(desk=desk)
    act(officer, inquiry, "assign", owner=nadia.pk, desk=desk.pk)
    assert [message.email().to[0] for message in queued("inquiry-notice")] == ["omar@example.org"]
    assert "nadia is absent until" in html.fromstring(officer.get(INBOX).content.decode()).text_content()
    assert "absent; omar stands in" in officer.get(page_of(inquiry)).content.decode()


def test_managers_keep_the_roster_and_officers_do_not(officer: Client, manager: Client, desk: Desk) -> None:
    nadia, stranger = colleague("nadia"), User.objects.create_user("stranger")
    today, tomorrow = (timezone.localdate() + timedelta(days=days) for days in (0, 1))
    typed = {"officer": nadia.pk, "desk": desk.pk, "first_day": today, "last_day": tomorrow}
    officer.post(f"{INBOX}duties/new/", typed)
    assert not Duty.objects.exists()
    assert manager.post(f"{INBOX}duties/new/", typed).status_code == 302
    assert "On duty for Duty: nadia" in officer.get(INBOX).content.decode()
    for wrong in ({"officer": stranger.pk}, {"last_day": today - timedelta(days=1)}):
        assert manager.post(f"{INBOX}duties/new/", typed | wrong).status_code == 200
    same = {"absent": nadia.pk, "covered_by": nadia.pk, "first_day": today, "last_day": today}
    assert manager.post(f"{INBOX}covers/new/", same).status_code == 200
    assert (Duty.objects.count(), Cover.objects.count()) == (1, 0)


def test_roster_adds_no_query_for_each_officer(officer: Client, desk: Desk) -> None:
    counts = []
    for number in range(3):
        Duty.objects.create(officer=colleague(f"one-{number}"), desk=desk, **days(0, 1))
        Cover.objects.create(absent=colleague(f"a-{number}"), covered_by=colleague(f"b-{number}"), **days(0, 1))
        make_inquiry(number)
        with CaptureQueriesContext(connection) as captured:
            officer.get(INBOX)
        counts.append(len(captured))
    assert counts[0] == counts[2]


@pytest.mark.parametrize(("query", "is_open"), [("", False), ("q=x", False), ("language=ar", True)])
def test_filters_are_folded_until_one_is_chosen(officer: Client, query: str, is_open: bool) -> None:
    page = html.fromstring(officer.get(f"{INBOX}?{query}").content.decode())
    (fold,) = page.xpath("//details[.//select[@name='language']]")
    assert (fold.get("open") is not None) == is_open
    assert not fold.xpath(".//input[@name='q']")


def test_coverage_is_logged_encrypted_and_erased_with_the_inquiry(officer: Client) -> None:
    inquiry = make_inquiry()
    published = {
        "address": "example.org/report",
        "outlet": "Le Monde",
        "published_on": "2026-11-20",
        "note": "Front page",
    }
    assert act(officer, inquiry, "coverage", **published).status_code == 302
    page = officer.get(page_of(inquiry)).content.decode()
    assert 'href="https://example.org/report"' in page
    assert "Front" in page
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT address, outlet, note FROM {InquiryCoverage._meta.db_table}")  # noqa: S608
        assert not any(text in str(cursor.fetchall()) for text in ("example.org", "Monde", "Front"))
    assert act(officer, inquiry, "coverage", **published | {"published_on": "2090-01-01"}).status_code == 422
    erase(inquiry)
    assert not InquiryCoverage.objects.exists()
    inquiry.refresh_from_db()
    assert act(officer, inquiry, "coverage", **published).status_code == 409
    assert not InquiryCoverage.objects.exists()


def test_coverage_counts_also_after_it_was_erased(officer: Client) -> None:
    inquiry = make_inquiry()
    for _ in range(3):
        act(officer, inquiry, "coverage", outlet="Le Monde", published_on="2026-11-20")
    act(officer, inquiry, "uncover", coverage=InquiryCoverage.objects.first().pk)  # type: ignore[union-attr]
    other = make_inquiry(2)
    assert act(officer, other, "uncover", coverage=InquiryCoverage.objects.first().pk).status_code == 422  # type: ignore[union-attr]
    erase(inquiry)
    assert [row.figures.covered for row in dict(reports.tables(30))["By desk"]] == [2]


def test_statistics_by_desk_officer_topic_and_country(manager: Client, officer: Client, desk: Desk) -> None:
    topic, nadia = Topic.objects.get(slug="migration-health"), colleague("nadia")
    began = (timezone.now() - timedelta(days=20)).replace(hour=7, minute=0, second=0)
    for number in range(1, 11):
        make_inquiry(
            number, desk=desk, owner=nadia, topic=topic, country="EGY", outlet="Secret Gazette",
            created_at=began, first_response_at=began + timedelta(days=number), deadline=timezone.now(),
        )  # fmt: skip
    inquiry = make_inquiry(11, state="spam", desk=desk)
    InquiryPause.objects.create(inquiry=inquiry)
    page = manager.get(STATISTICS)
    found = dict(page.context["tables"])
    for heading, name in (("By desk", "Duty"), ("By officer", "nadia"), ("By topic", "Migration health")):
        assert [(row.name, row.figures.received) for row in found[heading]] == [(name, 10)], heading
    assert [row.name for row in found["By country"]] == ["Egypt"]
    (row,) = found["By desk"]
    assert 0 < row.figures.first_response < row.figures.slow_response
    export = manager.get(f"{STATISTICS}csv/?days=90")
    text = export.content.decode("utf-8-sig")
    assert "By officer,nadia,10" in text
    for personal in ("Secret Gazette", "Haddad", "leila@example.org", "PR-2026"):
        assert personal not in text + page.content.decode()
    assert "By officer" not in officer.get(STATISTICS).content.decode()
    assert officer.get(f"{STATISTICS}csv/").status_code == 302


def test_ninth_decile_and_median_are_of_working_minutes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    began = datetime(2026, 11, 24, 8, tzinfo=UTC)
    at(monkeypatch, began + timedelta(days=2))
    for number in range(1, 12):
        make_inquiry(number, desk=desk, created_at=began, first_response_at=began + timedelta(minutes=10 * number))
    (row,) = dict(reports.tables(30))["By desk"]
    assert (row.figures.first_response, row.figures.slow_response) == (60, 100)
