"""Nothing that an officer types is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from accounts.models import User
from accounts.roles import press_officers_group
from press.inquiries.models.records import InquiryDraft
from press.inquiries.retention import erase
from tests.integration.test_press_desk import act, member, page_of
from tests.press_inquiries import make_inquiry

pytestmark = pytest.mark.django_db
TYPED = {
    "reply-text": "My half-written reply",
    "note-text": "A note",
    "record-text": "She called",
    "record-who": "journalist",
    "record-channel": "phone",
    "merge-reference": "PR-2026-0009",
}


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


def shown(response: object) -> dict[str, str]:
    """Return the values in the fields of the page."""
    page = html.fromstring(response.content)  # type: ignore[attr-defined]
    fields = {field.get("name"): (field.text or "").strip() for field in page.xpath("//textarea")}
    return fields | {field.get("name"): field.get("value") or "" for field in page.xpath("//input")}


@pytest.mark.parametrize(
    "action",
    [
        {"action": "note", "note-text": "Another note"},
        {"action": "take"},
        {"action": "state:acknowledged"},
        {"action": "draft"},
        {"action": "nonsense"},
        {"action": "state:nonsense"},
    ],
)
def test_whatever_button_is_pressed_the_other_forms_are_kept(officer: Client, action: dict[str, str]) -> None:
    inquiry = make_inquiry()
    officer.post(page_of(inquiry), TYPED | {"version": "0", **action})
    fields = shown(officer.get(page_of(inquiry)))
    for name in set(TYPED) - {"record-who", "record-channel"} - set(action):
        assert fields[name] == TYPED[name]
    assert "My half-written reply" not in str(list(InquiryDraft.objects.values_list("action", "revision")))


def test_owner_that_was_chosen_is_kept(officer: Client) -> None:
    inquiry, colleague = make_inquiry(), User.objects.create_user("colleague")
    colleague.groups.add(press_officers_group())
    act(officer, inquiry, "note", text="x", version=0)
    fields = {"action": "note", "note-text": "x", "version": "0", "assign-owner": str(colleague.pk)}
    officer.post(page_of(inquiry), fields | {"initial-assign-owner": "", "assign-desk": "", "initial-assign-desk": ""})
    page = html.fromstring(officer.get(page_of(inquiry)).content)
    assert page.xpath("//select[@name='assign-owner']/option[@selected]/@value") == [str(colleague.pk)]


def test_what_was_done_is_no_draft_any_more_and_what_was_emptied_goes(officer: Client) -> None:
    inquiry = make_inquiry()
    act(officer, inquiry, "note", text="Done")
    assert not InquiryDraft.objects.exists()
    officer.post(page_of(inquiry), {"action": "draft", "reply-text": "x"})
    # Another page that never showed it does not empty it; the page that shows it does.
    officer.post(page_of(inquiry), {"action": "draft", "reply-text": ""})
    assert InquiryDraft.objects.count() == 1
    officer.post(page_of(inquiry), {"action": "draft", "reply-text": "", "reply-draft": "1"})
    assert InquiryDraft.objects.count() == 0


def test_drafts_are_ones_own_and_go_with_the_inquiry(officer: Client) -> None:
    inquiry, other = make_inquiry(), member("another", press_officers_group())
    officer.post(page_of(inquiry), TYPED | {"action": "draft"})
    page = other.get(page_of(inquiry)).content.decode()
    assert "My half-written reply" not in page
    assert "an-officer" in page
    assert "is writing a reply" in page
    erase(inquiry)
    assert not InquiryDraft.objects.exists()
    typed = {"action": "draft", "reply-text": "Dear Leïla"}
    officer.post(page_of(inquiry), typed)
    assert not InquiryDraft.objects.exists()
    inquiry.refresh_from_db()
    assert act(officer, inquiry, "note", text="Leïla").status_code == 409
    assert not inquiry.notes.exists()


def test_session_that_ends_while_writing_loses_nothing(officer: Client) -> None:
    inquiry = make_inquiry()
    signed_out = Client()
    answer = signed_out.post(page_of(inquiry), TYPED | {"action": "reply", "version": "0"})
    assert answer.status_code == 302
    assert "My half-written" not in str(dict(signed_out.session))
    user = User.objects.get(username="an-officer")
    user.set_password("a password of the tests")
    user.save()
    signed_out.post(answer["Location"], {"username": "an-officer", "password": "a password of the tests"})
    response = signed_out.get(page_of(inquiry))
    assert shown(response)["reply-text"] == "My half-written reply"
    assert "You were signed out." in response.content.decode()
    assert "You were signed out." not in signed_out.get(page_of(inquiry)).content.decode()


def test_script_is_told_which_drafts_there_are(officer: Client) -> None:
    inquiry = make_inquiry()
    kept = {"action": "draft", "reply-text": "x"}
    answers = [
        officer.post(page_of(inquiry), kept, headers={"X-Requested-With": "XMLHttpRequest"}).json() for _ in range(2)
    ]
    assert answers == [{"reply-draft": 1}] * 2
    assert inquiry.readings.count() == 0


def test_who_was_faster_is_named_with_what_they_did(officer: Client) -> None:
    inquiry, colleague = make_inquiry(), member("faster", press_officers_group())
    opened = shown(officer.get(page_of(inquiry)))
    act(colleague, inquiry, "reply", text="Hers", then="answered")
    mine = {"action": "reply", "reply-text": "Mine", "reply-then": "answered"}
    response = officer.post(page_of(inquiry), opened | mine)
    assert response.status_code == 409
    alert = " ".join(html.fromstring(response.content).xpath("string(//*[@role='alert'])").split())
    assert "faster" in alert
    assert "moved to another state" in alert
    assert "Select a valid choice" not in response.content.decode()
    assert shown(response)["reply-text"] == "Mine"
