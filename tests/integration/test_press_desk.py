"""Officers at the press desk: their permissions, the order of actions, and that nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.models import User
from accounts.roles import communications_group, press_managers_group, press_officers_group
from mailing.models import OutgoingMessage
from press.desk.models import SavedFilter
from press.desk.statistics import figures
from press.hours.calendar import office_calendar
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import CannedReply, InquiryEvent, InquiryPause, InquiryReading
from press.staffing.models.desk import Desk, RoutingRule
from tests.press_inquiries import make_inquiry

pytestmark = pytest.mark.django_db
INBOX = "/admin/press-desk/"
STATISTICS = "/admin/press-desk/statistics/"


def member(name: str, *groups: Any) -> Client:
    user = User.objects.create_user(name, f"{name}@example.org", "a password of the tests")
    user.groups.add(*groups)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


@pytest.fixture
def manager(db: None) -> Client:
    return member("a-manager", press_managers_group())


def page_of(inquiry: Inquiry) -> str:
    return f"{INBOX}{inquiry.pk}/"


def act(client: Client, inquiry: Inquiry, action: str, **typed: Any) -> Any:
    fields = {name if name in ("insert", "version") else f"{action}-{name}": value for name, value in typed.items()}
    return client.post(page_of(inquiry), {"action": action, "version": inquiry.version} | fields)


def test_only_press_officers_see_the_desk(editor_client: Client, officer: Client) -> None:
    inquiry = make_inquiry()
    for address in (INBOX, page_of(inquiry), STATISTICS, f"{INBOX}export/csv/"):
        assert editor_client.get(address).status_code == 302  # the admin's own refusal
        assert Client().get(address).status_code == 302
    for address in (INBOX, page_of(inquiry), STATISTICS):
        assert officer.get(address).status_code == 200
    assert not InquiryReading.objects.filter(user__username="an-editor").exists()
    assert "Press desk" not in editor_client.get("/admin/").content.decode()


def test_communications_staff_of_a_former_release_read_inquiries_no_longer(editor: User) -> None:
    of_inquiries = Permission.objects.filter(content_type__app_label="press", content_type__model="inquiry")
    communications_group().permissions.add(*of_inquiries)
    import_module("press.migrations.0008_officers_read_inquiries").take_from_communications(apps, None)
    group = communications_group()
    assert not group.permissions.filter(pk__in=of_inquiries).exists()
    assert group.permissions.filter(codename="access_admin").exists()
    assert press_officers_group().permissions.filter(codename="view_inquiry").exists()


def test_reader_who_may_not_answer_changes_nothing() -> None:
    group = press_officers_group()
    reader = member("a-reader", group)
    group.permissions.remove(group.permissions.get(codename="answer_inquiry"))
    inquiry = make_inquiry()
    assert reader.get(page_of(inquiry)).status_code == 200
    for action in ("state", "assign", "note", "reply", "releases", "merge"):
        assert act(reader, inquiry, action, to="answered", text="x").status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.version, inquiry.notes.count()) == ("new", 0, 0)


def test_deadline_is_shown_in_both_zones(officer: Client) -> None:
    inquiry = make_inquiry(deadline=datetime(2026, 11, 30, 14, tzinfo=UTC), time_zone="Europe/Paris")
    page = officer.get(page_of(inquiry)).content.decode()
    assert "30 November 2026, 16:00" in page
    assert "<bdi>30 November 2026, 15:00</bdi> (<bdi>Paris</bdi>)" in page


def test_officers_go_by_one_name_everywhere(officer: Client) -> None:
    User.objects.filter(username="an-officer").update(first_name="Nadia", last_name="Karam")
    inquiry, owner = make_inquiry(), User.objects.get(username="an-officer")
    act(officer, inquiry, "assign", owner=owner.pk, desk="")
    act(officer, inquiry, "note", text="A note of hers")
    for address in (INBOX, page_of(inquiry), "/admin/"):
        page = officer.get(address)
        shown = html.fromstring(page.content.decode()).xpath("//main//text()")
        assert "Nadia Karam" in shown, address
        assert not [text for text in shown if "an-officer" in text], address
    assert "Nadia Karam" in str(InquiryEvent.objects.get(inquiry=inquiry, kind="owner").detail)


def test_addresses_and_numbers_can_be_followed(officer: Client) -> None:
    inquiry = make_inquiry(question="Is https://example.org/q right?", links="https://example.org/l")
    act(officer, inquiry, "note", text="See https://example.org/n")
    act(officer, inquiry, "record", who="journalist", channel="mail", text="And https://example.org/m", then="")
    page = html.fromstring(officer.get(page_of(inquiry)).content.decode())
    targets = page.xpath("//main//a/@href")
    for address in ("https://example.org/q", "https://example.org/l", "https://example.org/n", "https://example.org/m"):
        assert address in targets
    assert {"mailto:leila@example.org", "tel:+20227365140"} <= set(targets)


def test_each_reading_is_recorded(officer: Client) -> None:
    inquiry = make_inquiry()
    officer.get(INBOX)
    assert not InquiryReading.objects.exists()
    officer.get(page_of(inquiry))
    officer.get(page_of(inquiry))
    assert InquiryReading.objects.filter(inquiry=inquiry, user__username="an-officer").count() == 2


def test_inbox_is_ordered_by_the_time_left_with_paused_ones_after(officer: Client) -> None:
    now = timezone.now()
    make_inquiry(1, deadline=now + timedelta(days=9))
    make_inquiry(2, deadline=now + timedelta(days=1), state=InquiryState.WAITING_JOURNALIST)
    make_inquiry(3, deadline=now - timedelta(days=2))
    make_inquiry(4, state=InquiryState.ANSWERED)
    response = officer.get(INBOX)
    references = html.fromstring(response.content).xpath("//tbody//td[@class='desk-reference']//bdi/text()")
    assert references == ["PR-2026-0003", "PR-2026-0001", "PR-2026-0002"]
    left = [
        text.strip()
        for text in html.fromstring(response.content).xpath("//tbody//*[contains(@class,'desk-left')]/text()")
    ]
    assert [text.split()[0] for text in left] == ["Overdue", "In", "Paused:"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=haddad", 1), ("q=PR-2026-0001", 1), ("q=Agence", 2), ("q=nobody", 0), ("state=closed", 1), ("state=all", 3),
        ("owner=me", 0), ("owner=nobody", 2), ("language=ar", 1), ("country=EGY", 1), ("topic=99999&desk=x&p=x", 2),
    ],
)  # fmt: skip
def test_filters_and_search(officer: Client, query: str, found: int) -> None:
    make_inquiry(1)
    make_inquiry(2, name="Other", question="Other", email="o@example.org", language="ar", country="EGY")
    make_inquiry(3, state=InquiryState.SPAM, name="x", email="x@example.org", outlet="x")
    assert len(officer.get(f"{INBOX}?{query}").context["rows"]) == found


def test_deadline_of_long_ago_is_not_counted_to_the_minute(officer: Client) -> None:
    make_inquiry(deadline=timezone.now() - timedelta(days=300))
    assert "Overdue by more than" in officer.get(INBOX).content.decode()


def test_filters_are_saved_for_oneself(officer: Client, manager: Client) -> None:
    officer.post(INBOX, {"query": "language=ar", "name": "Arabic"})
    assert "?language=ar" in officer.get(INBOX).content.decode()
    saved = SavedFilter.objects.get()
    manager.post(INBOX, {"forget": saved.pk})
    assert SavedFilter.objects.count() == 1
    officer.post(INBOX, {"forget": saved.pk})
    assert SavedFilter.objects.count() == 0


def test_inbox_needs_as_many_queries_for_many_inquiries_as_for_one(officer: Client) -> None:
    make_inquiry(1)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            officer.get(INBOX)
        counts.append(len(captured))
        for number in range(2, 30):
            make_inquiry(number, desk=Desk.objects.first()) if not counts[1:] else None
    # Two of them ask whether the account needs a second factor.
    assert counts[0] == counts[1] <= 27


def test_illegal_move_is_refused_on_the_server(officer: Client) -> None:
    inquiry = make_inquiry(state=InquiryState.SPAM)
    assert 'value="state:answered"' not in officer.get(page_of(inquiry)).content.decode()
    assert act(officer, inquiry, "state", to="answered").status_code == 409
    assert act(officer, inquiry, "state", to="nonsense").status_code == 422
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.SPAM


def test_inquiry_is_assigned_and_its_history_says_by_whom(officer: Client) -> None:
    inquiry = make_inquiry()
    owner = User.objects.get(username="an-officer")
    assert act(officer, inquiry, "assign", owner=owner.pk, desk="").status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.owner, inquiry.state) == (owner, InquiryState.ASSIGNED)
    assert list(inquiry.events.values_list("kind", "user__username")) == [
        ("owner", "an-officer"),
        ("moved", "an-officer"),
    ]


def test_one_click_takes_an_inquiry(officer: Client) -> None:
    inquiry = make_inquiry()
    page = html.fromstring(officer.get(page_of(inquiry)).content.decode())
    assert page.xpath("//button[@name='action'][@value='take']")
    assert act(officer, inquiry, "take").status_code == 302
    inquiry.refresh_from_db()
    assert (str(inquiry.owner), inquiry.state) == ("an-officer", "assigned")


def test_who_was_slower_is_told_and_loses_nothing(officer: Client, manager: Client) -> None:
    inquiry = make_inquiry()
    act(manager, inquiry, "state", to="acknowledged")
    response = act(officer, inquiry, "reply", text="My long answer", then="answered")
    assert response.status_code == 409
    document = html.fromstring(response.content)
    assert "a-manager" in document.xpath("string(//*[@role='alert'])")
    assert document.xpath("string(//textarea[@id='id_reply-text'])").strip() == "My long answer"
    assert not OutgoingMessage.objects.exists()
    version = document.xpath("//input[@name='version']/@value")[0]
    again = act(officer, inquiry, "reply", version=version, text="x", then="answered")
    assert again.status_code == 302


def test_mail_that_may_not_have_arrived_is_sent_again_by_an_officer(officer: Client) -> None:
    inquiry = make_inquiry(1)
    act(officer, inquiry, "reply", text="The answer", then="answered")
    mail = OutgoingMessage.objects.get()
    assert "Send again" not in officer.get(page_of(inquiry)).content.decode()
    OutgoingMessage.objects.update(status=OutgoingMessage.Status.UNCERTAIN, settled_at=timezone.now())
    assert "a reply to the journalist: may not have arrived." in officer.get(page_of(inquiry)).content.decode()
    listed = html.fromstring(officer.get(f"{INBOX}?state=all").content)
    assert "mail did not arrive" in listed.xpath("string(//*[@class='desk-table'])")
    other = make_inquiry(2)
    assert act(officer, other, "resend", message=mail.pk).status_code == 422
    for _twice in range(2):
        assert act(officer, inquiry, "resend", message=mail.pk).status_code == 302
    again = OutgoingMessage.objects.get()
    assert (again.status, again.message_id) == ("waiting", mail.message_id)
    assert "The answer" in again.email().body
    assert inquiry.events.filter(kind="resent", user__username="an-officer").count() == 1


def test_new_routing_rule_is_asked_last(manager: Client) -> None:
    desk = Desk.objects.create(names={"ar": "ا", "en": "A", "fr": "A"}, email="a@example.org")
    for language in ("ar", "fr"):
        typed = {"sort_order": "", "language": language, "topic": "", "country": "", "desk": desk.pk}
        assert manager.post(f"{INBOX}routing/new/", typed).status_code == 302
    assert list(RoutingRule.objects.values_list("language", flat=True)) == ["ar", "fr"]
    assert RoutingRule.objects.filter(sort_order=None).count() == 0


def test_reply_is_mailed_in_the_thread_and_closes_the_inquiry(officer: Client) -> None:
    inquiry = make_inquiry(language="ar")
    act(officer, inquiry, "reply", text="أهلاً", then="waiting_journalist")
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.WAITING_JOURNALIST
    act(officer, inquiry, "reply", text="الجواب", then="answered")
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.ANSWERED
    assert inquiry.first_response_at
    assert inquiry.answered_at
    first, second = [outgoing.email() for outgoing in OutgoingMessage.objects.order_by("pk")]
    assert second.to == ["leila@example.org"]
    assert second.extra_headers["In-Reply-To"] == first.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"] in second.extra_headers["References"]
    assert "الجواب" in second.body
    assert 'dir="rtl"' in str(second.alternatives[0][0])


def test_canned_reply_of_the_language_is_inserted_and_nothing_is_sent(officer: Client) -> None:
    inquiry = make_inquiry()
    canned = CannedReply.objects.create(language="en", title="Thanks", text="Thank you.")
    CannedReply.objects.create(language="fr", title="Merci", text="Merci.")
    page = officer.get(page_of(inquiry)).content.decode()
    assert "Thanks" in page
    assert "Merci" not in page
    assert html.fromstring(page).xpath("//select[@name='reply-then']/option[@selected]/@value") == ["answered"]
    response = act(officer, inquiry, "reply", text="Dear colleague,", canned=canned.pk, insert="1")
    text = html.fromstring(response.content).xpath("string(//textarea[@id='id_reply-text'])").strip()
    assert text == "Dear colleague,\n\nThank you."
    assert not OutgoingMessage.objects.exists()


def test_canned_reply_is_filled_in_from_the_inquiry(officer: Client) -> None:
    inquiry = make_inquiry(language="en")
    text = "Dear {{ name }} of {{outlet}}, your {{ reference }} {{ is }} here.\n{{ officer }}"
    canned = CannedReply.objects.create(language="en", title="Here", text=text)
    response = act(officer, inquiry, "reply", canned=canned.pk, text="", insert="1")
    shown = html.fromstring(response.content.decode()).xpath("string(//textarea[@name='reply-text'])")
    assert shown.strip() == "Dear Leïla Haddad of =Agence, your PR-2026-0001 {{ is }} here.\nan-officer"


def test_word_that_nothing_fills_in_is_refused_in_a_canned_reply(manager: Client) -> None:
    typed = {"language": "en", "title": "Here", "text": "Dear {{ name }}, {{ surname }}"}
    response = manager.post(f"{INBOX}canned-replies/new/", typed)
    assert "Nothing fills in “surname”." in response.content.decode()
    assert not CannedReply.objects.exists()
    assert manager.post(f"{INBOX}canned-replies/new/", typed | {"text": "Dear {{ name }}"}).status_code == 302


def test_what_else_came_from_an_address_is_shown(officer: Client) -> None:
    inquiry, same, other = make_inquiry(1), make_inquiry(2, email="LEILA@example.org"), make_inquiry(3, email="b@x.org")
    erased = make_inquiry(4, anonymized_at=timezone.now(), email="", phone="")
    page = html.fromstring(officer.get(page_of(inquiry)).content.decode())
    linked = page.xpath("//dl//a/@href")
    assert page_of(same) in linked
    assert not {page_of(other), page_of(erased), page_of(inquiry)} & set(linked)
    without = html.fromstring(officer.get(page_of(erased)).content.decode())
    assert not without.xpath("//dl//a/@href")


def test_note_and_merging(officer: Client) -> None:
    original, duplicate = make_inquiry(1), make_inquiry(2)
    assert act(officer, duplicate, "note", text="").status_code == 422
    act(officer, duplicate, "note", text="Asked twice")
    assert "Asked twice" in officer.get(page_of(duplicate)).content.decode()
    assert act(officer, duplicate, "merge", reference="PR-2026-0002").status_code == 422
    assert act(officer, duplicate, "merge", reference="pr-2026-0001").status_code == 302
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.duplicate_of) == (InquiryState.DUPLICATE, original)
    assert original.events.get().kind == "merged"


def test_anonymous_inquiry_cannot_be_answered(officer: Client) -> None:
    inquiry = make_inquiry(email="", name="", question="")
    assert act(officer, inquiry, "reply", text="x").status_code == 409
    assert not OutgoingMessage.objects.exists()


def test_export_needs_its_own_permission_and_is_recorded(officer: Client, manager: Client) -> None:
    inquiry = make_inquiry()
    assert officer.get(f"{INBOX}export/csv/").status_code == 302
    assert not InquiryEvent.objects.exists()
    response = manager.get(f"{INBOX}export/csv/")
    text = response.content.decode("utf-8-sig")
    assert "'=Agence" in text
    assert "'+20 2 2736 5140" in text
    assert "no-store" in response["Cache-Control"]
    assert manager.get(f"{INBOX}export/xlsx/").content[:2] == b"PK"
    assert manager.get(f"{INBOX}export/exe/").status_code == 404
    assert list(inquiry.events.values_list("kind", "user__username")) == [("exported", "a-manager")] * 2


def test_statistics_leave_out_closed_hours_and_pauses() -> None:
    thursday, sunday = datetime(2026, 11, 19, 14, tzinfo=UTC), datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    inquiry = make_inquiry(created_at=thursday, first_response_at=sunday, answered_at=sunday + timedelta(hours=3))
    InquiryPause.objects.create(inquiry=inquiry, began=sunday + timedelta(hours=1), ended=sunday + timedelta(hours=2))
    make_inquiry(2, created_at=thursday, state=InquiryState.SPAM)
    found = figures(office_calendar(), since=thursday - timedelta(days=1))
    # Thursday 16:00 to 17:00 and Sunday 9:00 to 10:00; then three hours, one of them paused.
    assert (found.received, found.answered, found.in_time) == (1, 1, 1)
    assert (found.first_response, found.answer) == (120, 240)


def test_managers_set_up_the_desk_and_officers_do_not(officer: Client, manager: Client) -> None:
    for part in ("routing/", "desks/", "holidays/", "hours/"):
        assert officer.get(f"{INBOX}{part}", follow=True).redirect_chain
        assert manager.get(f"{INBOX}{part}", follow=True).status_code == 200
    for client in (officer, manager):
        assert client.get(f"{INBOX}canned-replies/").status_code == 200


def test_dashboard_shows_what_is_due(officer: Client, editor_client: Client) -> None:
    make_inquiry()
    assert "PR-2026-0001" in officer.get("/admin/").content.decode()
    assert "PR-2026-0001" not in editor_client.get("/admin/").content.decode()
