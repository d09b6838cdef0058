"""An inquiry by telephone or mail is entered by an officer, and is then treated like any other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import press_officers_group
from mailing.models import OutgoingMessage
from press.desk.statistics import figures
from press.hours.calendar import office_calendar
from press.hours.models import OfficeHours
from press.inquiries.intake import find_inquiry
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import InquiryEvent
from press.inquiries.retention import erase
from press.staffing.models.desk import Desk, RoutingRule
from tests.integration.test_press_desk import INBOX, act, member, page_of
from tests.press_inquiries import make_inquiry, queued

pytestmark = pytest.mark.django_db
NEW = f"{INBOX}new/"


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


def moment(**ago: int) -> str:
    return f"{timezone.localtime() - timedelta(**ago):%Y-%m-%dT%H:%M}"


def said(**other: str) -> dict[str, str]:
    """Return the form data that an officer enters during a phone call."""
    usual = {
        "channel": "phone", "received_at": moment(hours=1), "name": "Leïla Haddad", "outlet": "Le Monde", "email": "",
        "phone": "+961 1 234 567", "contact_method": "phone", "contact_note": "", "deadline": moment(days=-3),
        "language": "fr", "topic": "", "country": "LBN", "kind": "data", "attribution": "on_record",
        "question": "How many?", "links": "", "take": "on", "stamp": "of this form",
    }  # fmt: skip
    return usual | other


def test_call_becomes_an_inquiry_of_the_officer_who_took_it(officer: Client) -> None:
    assert "New inquiry" in officer.get(INBOX).content.decode()
    assert officer.get(NEW).status_code == 200
    response = officer.post(NEW, said())
    inquiry = Inquiry.objects.get()
    assert response["Location"] == page_of(inquiry)
    assert inquiry.reference == f"PR-{timezone.localtime().year}-{inquiry.pk:04d}"
    assert (inquiry.state, str(inquiry.owner), inquiry.suspicion) == ("assigned", "an-officer", "")
    assert timezone.now() - inquiry.created_at > timedelta(minutes=59)
    received = InquiryEvent.objects.get(kind="received")
    assert (str(received.user), received.detail, received.at) == (
        "an-officer",
        {"channel": "phone"},
        inquiry.created_at,
    )
    assert "(telephone)" in officer.get(page_of(inquiry)).content.decode()
    assert OutgoingMessage.objects.count() == 0
    assert figures(office_calendar(), since=timezone.now() - timedelta(days=1)).received == 1


def test_whoever_wrote_a_mail_gets_reference_and_secret(officer: Client) -> None:
    OfficeHours.objects.create()
    officer.post(
        NEW, said(channel="mail", email="leila@example.org", contact_method="email", deadline=moment(hours=-1))
    )
    inquiry = Inquiry.objects.get()
    (message,) = queued("inquiry-acknowledgement")
    mail = message.email()
    assert mail.to == ["leila@example.org"]
    assert "Un chargé de presse a reçu votre question" in mail.body.replace("\u202f", " ")
    secret = next(line.rpartition(" ")[2] for line in mail.body.splitlines() if line.startswith("Code secret"))
    found = find_inquiry(str(inquiry.reference), secret.strip("\u2068\u2069"))
    assert found == inquiry
    erase(inquiry)
    inquiry.refresh_from_db()
    assert (inquiry.name, inquiry.question) == ("", "")


def test_inquiry_that_nobody_takes_goes_to_the_desk_of_the_rules(officer: Client) -> None:
    desk = Desk.objects.create(names={"ar": "ا", "en": "Levant", "fr": "L"}, email="levant@example.org")
    RoutingRule.objects.create(country="LBN", desk=desk)
    officer.post(NEW, said(take=""))
    inquiry = Inquiry.objects.get()
    assert (inquiry.desk, inquiry.owner, inquiry.state) == (desk, None, "new")
    assert [message.email().to for message in queued("inquiry-notice")] == [["levant@example.org"]]


def test_same_form_sent_twice_is_one_inquiry(officer: Client) -> None:
    first, again = (officer.post(NEW, said()) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"contact_method": "email"}, "Enter the e-mail address, or choose another way to reach the journalist."),
        ({"phone": ""}, "Enter the number, or choose e-mail as the way to reach the journalist."),
        ({"received_at": moment(days=-1)}, "Enter when the inquiry came: that moment is still to come."),
        ({"email": "no address"}, "Enter an e-mail address in the form name@example.org."),
    ],
)
def test_wrong_input_is_explained_and_kept(officer: Client, wrong: dict[str, str], words: str) -> None:
    response = officer.post(NEW, said(**wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "How many?" in page
    assert not Inquiry.objects.exists()


def test_without_an_address_nobody_is_mailed_until_one_is_known(officer: Client) -> None:
    officer.post(NEW, said())
    inquiry = Inquiry.objects.get()
    page = officer.get(page_of(inquiry)).content.decode()
    assert "No e-mail address of the journalist is known." in page
    assert act(officer, inquiry, "reply", text="Hello", then="").status_code == 409
    assert act(officer, inquiry, "record", who="office", channel="phone", text="12", then="answered").status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.state, bool(inquiry.first_response_at)) == ("answered", True)
    fields: dict[str, Any] = {"phone": inquiry.phone, "contact_method": "phone", "language": "fr", "country": "LBN"}
    deadline = f"{timezone.localtime(inquiry.deadline):%Y-%m-%dT%H:%M}"
    act(officer, inquiry, "correct", **fields, email="leila@example.org", deadline=deadline, topic="")
    (message,) = queued("inquiry-acknowledgement")
    assert message.email().to == ["leila@example.org"]


def test_two_without_an_address_are_not_from_the_same(officer: Client) -> None:
    original, other = make_inquiry(1, email="", state="assigned"), make_inquiry(2, email="")
    act(officer, other, "merge", reference=original.reference)
    other.refresh_from_db()
    assert other.state == "duplicate"
    assert str(other.reference) in officer.get(page_of(original)).content.decode()


def test_session_that_ends_while_writing_loses_nothing(officer: Client) -> None:
    signed_out = Client()
    answer = signed_out.post(NEW, said())
    user = User.objects.get(username="an-officer")
    user.set_password("a password of the tests")
    user.save()
    signed_out.post(answer["Location"], {"username": "an-officer", "password": "a password of the tests"})
    page = signed_out.get(NEW).content.decode()
    assert "You were signed out." in page
    assert "How many?" in page
    assert not Inquiry.objects.exists()


def test_only_who_may_answer_enters_inquiries(editor_client: Client) -> None:
    for response in (editor_client.get(NEW), editor_client.post(NEW, said())):
        assert response.status_code in (302, 403)
    assert not Inquiry.objects.exists()
