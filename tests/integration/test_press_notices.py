"""Officers get the notices that they have chosen, once and in their own language; nobody's data is kept for ever."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.roles import press_officers_group
from core.models import OfficeSettings
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message
from press.desk.models import SavedFilter
from press.inquiries.idle import CLOSE_AFTER, REMIND_AFTER, let_lapse, remind
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import InquiryDraft
from press.inquiries.watch import free_inquiries_of_those_who_left, tell_of_deadlines, tell_of_undelivered
from press.staffing.models.desk import Desk
from press.staffing.models.notices import SWITCHES, OfficerNotices
from tests.integration.test_press_desk import INBOX, act, member
from tests.press_inquiries import address, make_inquiry, queued, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


@pytest.fixture
def colleague(db: None) -> User:
    user = User.objects.create_user("colleague", "colleague@example.org", "x")
    user.groups.add(press_officers_group())
    UserProfile.objects.create(user=user, preferred_language="ar")
    return user


@pytest.fixture
def desk(db: None) -> Desk:
    desk: Desk = Desk.objects.create(
        names={"ar": "ا", "en": "Duty", "fr": "P"}, email="duty@example.org", is_duty=True, language="fr"
    )
    return desk


def told() -> list[str]:
    return [message.email().to[0] for message in queued("inquiry-notice")]


def old(**fields: Any) -> Inquiry:
    return make_inquiry(created_at=timezone.now() - timedelta(hours=5), **fields)


def test_owner_and_desk_are_told_in_their_language(officer: Client, colleague: User, desk: Desk) -> None:
    inquiry = make_inquiry(outlet="Le Monde")
    act(officer, inquiry, "assign", owner=colleague.pk, desk=desk.pk)
    to_owner, to_desk = [message.email() for message in queued("inquiry-notice")]
    assert (to_owner.to, to_desk.to) == (["colleague@example.org"], ["duty@example.org"])
    assert "أُسند" in to_owner.body
    offices = {each.locale.language_code: each.name for each in OfficeSettings.objects.select_related("locale")}
    assert [parseaddr(mail.from_email)[0] for mail in (to_owner, to_desk)] == [offices["ar"], offices["fr"]]
    assert to_desk.extra_headers["Content-Language"] == "fr"
    for mail in (to_owner, to_desk):
        assert "PR-2026-0001" in mail.subject
        assert not any(secret in mail.body for secret in ("Le Monde", "leila", "Haddad", "How many"))


@pytest.mark.parametrize(
    ("language", "words"),
    [("ar", "ورد استفسار صحفي"), ("en", "A journalist has sent"), ("fr", "Une demande de presse")],
)
def test_desk_is_told_of_a_question_in_its_own_language(client: Client, desk: Desk, language: str, words: str) -> None:
    Desk.objects.update(language=language)
    client.post(address("en"), typed())
    (message,) = queued("inquiry-announcement")
    mail = message.email()
    assert mail.extra_headers["Content-Language"] == language
    assert words in mail.body


def test_who_did_it_is_not_told(officer: Client) -> None:
    inquiry = make_inquiry()
    act(officer, inquiry, "take")
    inquiry.refresh_from_db()
    act(officer, inquiry, "state", to="declined")
    inquiry.refresh_from_db()
    act(officer, inquiry, "state", to="assigned")
    assert told() == []


def test_deadline_near_and_passed_is_told_once(colleague: User, desk: Desk) -> None:
    now = timezone.now()
    old(number=1, owner=colleague, state="assigned", deadline=now + timedelta(minutes=20))
    passed = old(number=2, deadline=now - timedelta(minutes=5))
    old(number=3, deadline=now - timedelta(minutes=5), state="waiting_journalist")
    old(number=4, deadline=now - timedelta(minutes=5), state="answered")
    old(number=5, deadline=now - timedelta(days=9))
    make_inquiry(6, deadline=now + timedelta(minutes=20))
    assert tell_of_deadlines() == 2
    assert tell_of_deadlines() == 0
    assert sorted(told()) == ["colleague@example.org", "duty@example.org"]
    passed.deadline = now - timedelta(minutes=1)
    passed.save()
    assert tell_of_deadlines() == 1


def test_mail_that_did_not_arrive_is_told_once_and_never_about_itself(colleague: User) -> None:
    inquiry = make_inquiry(owner=colleague, state="assigned")
    queue_message(Mail("leila@example.org", "x", "x"), purpose="inquiry-reply", about=inquiry.about)
    OutgoingMessage.objects.update(status="refused", settled_at=timezone.now())
    assert tell_of_undelivered() == 1
    assert told() == ["colleague@example.org"]
    OutgoingMessage.objects.update(status="refused", settled_at=timezone.now())
    assert tell_of_undelivered() == 0


@pytest.mark.parametrize("switch", SWITCHES)
def test_each_notice_can_be_switched_off_by_its_reader(officer: Client, switch: str) -> None:
    account = officer.get("/admin/account/").content.decode()
    assert f'name="press_notices-{switch}"' in account
    user: Any = User.objects.get(username="an-officer")
    OfficerNotices.objects.create(user=user, **{switch: False})
    assert [name for name in SWITCHES if not user.press_notices.wants(name.removeprefix("tell_"))] == [switch]


def test_switched_off_is_not_sent(officer: Client, colleague: User, desk: Desk) -> None:
    OfficerNotices.objects.create(user=colleague, tell_assigned=False)
    desk.tell_desk = False
    desk.save()
    act(officer, make_inquiry(), "assign", owner=colleague.pk, desk=desk.pk)
    assert told() == []


@pytest.mark.parametrize("way", ["deactivated", "by the database", "taken from the group"])
def test_inquiries_of_who_has_left_are_nobodys(officer: Client, colleague: User, desk: Desk, way: str) -> None:
    inquiry = make_inquiry(owner=colleague, state="assigned", desk=desk)
    InquiryDraft.objects.create(inquiry=inquiry, user=colleague, action="reply", content="{}")
    if way == "deactivated":
        colleague.is_active = False
        colleague.save()
    elif way == "by the database":
        User.objects.filter(pk=colleague.pk).update(is_active=False)
    else:
        colleague.groups.clear()
    found = officer.get(f"{INBOX}?owner=nobody")
    assert [row.owner for row in found.context["rows"]] == [None]
    assert free_inquiries_of_those_who_left() == 1
    assert free_inquiries_of_those_who_left() == 0
    inquiry.refresh_from_db()
    assert inquiry.owner is None
    assert inquiry.events.get().kind == "owner_left"
    assert told() == ["duty@example.org"]
    assert not InquiryDraft.objects.exists()


@pytest.mark.parametrize("state", ["new", "assigned", "waiting_journalist", "waiting_clearance"])
def test_forgotten_inquiry_gets_a_reminder_then_a_date(colleague: User, state: str) -> None:
    long_ago = timezone.now() - REMIND_AFTER - timedelta(days=1)
    inquiry = make_inquiry(owner=colleague, state=state, created_at=long_ago, deadline=long_ago, suspicion="markup")
    assert remind()
    assert not remind()
    assert not let_lapse()
    assert told() == ["colleague@example.org"]
    Inquiry.objects.update(reminded_at=timezone.now() - CLOSE_AFTER - timedelta(minutes=1))
    assert let_lapse()
    assert not let_lapse()
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.LAPSED
    assert inquiry.closed_at


def test_work_ends_the_wait_and_begins_another(officer: Client) -> None:
    long_ago = timezone.now() - REMIND_AFTER - timedelta(days=1)
    inquiry = make_inquiry(created_at=long_ago, deadline=long_ago)
    assert remind()
    Inquiry.objects.update(reminded_at=timezone.now() - CLOSE_AFTER - timedelta(minutes=1))
    act(officer, inquiry, "note", text="I am at it")
    assert not let_lapse()
    inquiry.events.update(at=timezone.now() - REMIND_AFTER - timedelta(minutes=1))
    assert not let_lapse() or inquiry.events.filter(kind="moved").exists()


def test_deadline_in_eighty_years_keeps_nothing_for_ever() -> None:
    make_inquiry(created_at=timezone.now() - timedelta(days=366), deadline=timezone.now() + timedelta(days=30_000))
    assert remind()
    make_inquiry(2, created_at=timezone.now() - timedelta(days=90), deadline=timezone.now() + timedelta(days=9))
    assert not remind()


@pytest.mark.parametrize("typed", ["PR-2026-0001", "pr-2026-0001", " PR 2026 1 ", "2026-0001", "PR-٢٠٢٦-٠٠٠١"])
@pytest.mark.parametrize("state", ["new", "answered", "withdrawn", "spam", "duplicate"])
def test_reference_finds_in_any_state(officer: Client, typed: str, state: str) -> None:
    make_inquiry(1, state=state)
    make_inquiry(2)
    rows = officer.get(INBOX, {"q": typed, "language": "fr", "owner": "me"}).context["rows"]
    assert [row.inquiry.reference for row in rows] == ["PR-2026-0001"]


def test_saved_filter_keeps_no_name(officer: Client) -> None:
    officer.post(INBOX, {"query": "q=Haddad&language=ar", "name": "x"})
    assert SavedFilter.objects.get().query == "language=ar"
