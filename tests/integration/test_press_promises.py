"""The code keeps the promises made to journalists: whom it mails, whom it does not, and in which thread."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import press_officers_group
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message
from press.inquiries.intake import find_inquiry
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import InquiryMessage
from press.inquiries.retention import erase
from press.inquiries.states import IllegalMove, move, withdraw
from press.staffing.models.desk import Desk
from tests.integration.test_press_desk import act, member, page_of
from tests.press_inquiries import address, make_inquiry, queued, secret_in, typed

pytestmark = pytest.mark.django_db
SILENT = ("withdrawn", "declined", "spam", "lapsed")


@pytest.fixture
def officer(db: None) -> Client:
    return member("an-officer", press_officers_group())


def to_journalists() -> list[str]:
    """Return the addresses of journalists with mail waiting to be sent to them."""
    purposes = ("inquiry-reply", "inquiry-acknowledgement")
    waiting = OutgoingMessage.objects.filter(status="waiting", purpose__in=purposes).order_by("pk")
    return [message.email().to[0] for message in waiting]


def undelivered(inquiry: Inquiry) -> OutgoingMessage:
    message = queue_message(
        Mail("leila@example.org", "x", "x"), purpose="inquiry-reply", about=inquiry.about, held=True
    )
    OutgoingMessage.objects.filter(pk=message.pk).update(status="refused", settled_at=timezone.now())
    return message


@pytest.mark.parametrize("state", SILENT)
def test_who_asked_for_silence_is_mailed_by_no_click(officer: Client, state: str) -> None:
    inquiry = make_inquiry(state=state, closed_at=timezone.now(), suspicion="markup")
    original = make_inquiry(2)
    held = queue_message(
        Mail("leila@example.org", "x", "x"), purpose="inquiry-acknowledgement", about=inquiry.about, held=True
    )
    refused = undelivered(inquiry)
    assert 'value="reply"' not in officer.get(page_of(inquiry)).content.decode()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("reply", {"text": "Hello", "then": ""}),
        ("trust", {}),
        ("resend", {"message": refused.pk}),
        ("merge", {"reference": original.reference}),
        ("correct", correction(inquiry, email="other@example.org")),
    ]
    for action, fields in steps:
        act(officer, inquiry, action, **fields)
        inquiry.refresh_from_db()
    act(officer, original, "reply", text="Also to them", then="answered")
    assert to_journalists() == ["leila@example.org"]  # of the original
    held.refresh_from_db()
    refused.refresh_from_db()
    assert (held.status, refused.status) == ("held", "refused")


def correction(inquiry: Inquiry, **other: Any) -> dict[str, Any]:
    """Return the data of the form that corrects an inquiry, with these values changed."""
    local = timezone.localtime(inquiry.deadline)
    same = {
        "email": inquiry.email,
        "phone": inquiry.phone,
        "contact_method": inquiry.contact_method,
        "language": inquiry.language,
        "deadline": f"{local:%Y-%m-%dT%H:%M}",
        "topic": "",
        "country": inquiry.country,
    }
    fields = same | other
    return fields


def test_a_reply_that_waits_is_not_sent_after_the_journalist_withdraws(officer: Client) -> None:
    inquiry = make_inquiry()
    act(officer, inquiry, "reply", text="The answer", then="")
    withdraw(inquiry)
    assert to_journalists() == []
    assert [message.content for message in OutgoingMessage.objects.filter(purpose="inquiry-reply")] == [""]


def test_spam_holds_what_waits_and_lets_it_go_when_it_was_none(officer: Client, client: Client) -> None:
    client.post(address("en"), typed())
    inquiry = Inquiry.objects.get()
    act(officer, inquiry, "state", to="spam")
    assert to_journalists() == []
    inquiry.refresh_from_db()
    act(officer, inquiry, "state", to="new")
    assert to_journalists() == ["leila@example.org"]


@pytest.mark.parametrize("way", [withdraw, erase])
def test_withdrawal_and_reopening_reach_the_owner(officer: Client, way: Any) -> None:
    owner = User.objects.create_user("owner", "owner@example.org", "x")
    owner.groups.add(press_officers_group())
    inquiry = make_inquiry(owner=owner, state="assigned", outlet="Le Monde")
    way(inquiry)
    (notice,) = queued("inquiry-notice")
    mail = notice.email()
    assert mail.to == ["owner@example.org"]
    assert "withdrawn" in mail.body
    assert "Le Monde" not in f"{mail.subject}{mail.body}"
    other = make_inquiry(2, owner=owner, state="declined")
    act(officer, other, "state", to="assigned")
    assert "open again" in queued("inquiry-notice")[-1].email().body


def test_sender_of_a_duplicate_gets_the_answer(officer: Client) -> None:
    original, duplicate = make_inquiry(1), make_inquiry(2, email="two@example.org", language="fr")
    act(officer, duplicate, "merge", reference=original.reference)
    page = officer.get(page_of(original)).content.decode()
    assert "asked the same and has had no answer yet" in page
    act(officer, original, "reply", text="The answer", then="answered", copies=[duplicate.pk])
    assert sorted(to_journalists()) == ["leila@example.org", "two@example.org"]
    second = queued("inquiry-reply")[-1].email()
    assert "PR-2026-0002" in second.subject
    assert "PR-2026-0001" not in f"{second.subject}{second.body}"
    assert "asked the same" not in officer.get(page_of(original)).content.decode()


def test_who_repeats_what_was_answered_gets_the_answer_that_an_officer_has_looked_over(officer: Client) -> None:
    original, duplicate = make_inquiry(1), make_inquiry(2, email="two@example.org")
    act(officer, original, "reply", text="Dear Leïla, 42.", then="answered")
    asked = act(officer, duplicate, "merge", reference=original.reference)
    assert asked.status_code == 422
    assert "Dear Leïla, 42." in asked.content.decode()
    assert "two@example.org" not in to_journalists()
    act(officer, duplicate, "merge", reference=original.reference, answer="Dear colleague, 42.")
    duplicate.refresh_from_db()
    assert duplicate.state == InquiryState.DUPLICATE
    assert to_journalists()[-1] == "two@example.org"
    assert "Dear colleague, 42." in queued("inquiry-reply")[-1].email().body


def test_same_journalist_twice_gets_one_answer(officer: Client) -> None:
    original, duplicate = make_inquiry(1), make_inquiry(2, email="Leila@example.org")
    act(officer, duplicate, "merge", reference=original.reference)
    act(officer, original, "reply", text="x", then="answered", copies=[duplicate.pk])
    third = make_inquiry(3)
    assert act(officer, third, "merge", reference=original.reference).status_code == 302
    assert to_journalists() == ["leila@example.org"]


@pytest.mark.parametrize("way", [withdraw, erase, lambda inquiry: move(inquiry, InquiryState.SPAM)])
def test_who_asked_the_same_is_answered_when_the_other_withdraws(officer: Client, way: Any) -> None:
    original, duplicate = make_inquiry(1), make_inquiry(2, email="two@example.org")
    act(officer, duplicate, "merge", reference=original.reference)
    way(original)
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.duplicate_of) == (InquiryState.ACKNOWLEDGED, None)
    assert duplicate.events.latest("pk").detail == {"original": original.reference}


def test_duplicates_of_a_duplicate_follow_it(officer: Client) -> None:
    first, second, third = (
        make_inquiry(1),
        make_inquiry(2, email="b@example.org"),
        make_inquiry(3, email="c@example.org"),
    )
    act(officer, third, "merge", reference=second.reference)
    act(officer, second, "merge", reference=first.reference)
    act(officer, first, "reply", text="x", then="answered", copies=[second.pk, third.pk])
    assert sorted(to_journalists()) == ["b@example.org", "c@example.org", "leila@example.org"]


@pytest.mark.parametrize("state", ["withdrawn", "spam", "lapsed"])
def test_nothing_is_merged_into_what_nobody_answers(officer: Client, state: str) -> None:
    original, duplicate = make_inquiry(1, state=state), make_inquiry(2)
    assert act(officer, duplicate, "merge", reference=original.reference).status_code == 422


def test_all_mail_of_an_inquiry_is_one_thread(client: Client, officer: Client) -> None:
    Desk.objects.create(names={"ar": "ا", "en": "Duty", "fr": "P"}, email="duty@example.org", is_duty=True)
    client.post(address("en"), typed(language="fr"))
    inquiry = Inquiry.objects.get()
    act(officer, inquiry, "reply", text="Bonjour", then="waiting_journalist")
    inquiry.refresh_from_db()
    act(officer, inquiry, "correct", **correction(inquiry, language="en"))
    inquiry.refresh_from_db()
    act(officer, inquiry, "reply", text="Hello", then="answered")
    mails = [queued("inquiry-acknowledgement")[0].email(), *(each.email() for each in queued("inquiry-reply"))]
    assert {mail.subject.removeprefix("Re: ") for mail in mails} == {mails[0].subject}
    assert [tuple(mail.reply_to) for mail in mails] == [("duty@example.org",)] * 3
    identifiers = [mail.extra_headers["Message-ID"] for mail in mails]
    assert [mail.extra_headers.get("References", "") for mail in mails] == [
        "", identifiers[0], " ".join(identifiers[:2])
    ]  # fmt: skip
    assert "Duty" in mails[2].from_email


def test_mail_to_staff_is_one_thread(client: Client, officer: Client) -> None:
    client.post(address("en"), typed())
    inquiry = Inquiry.objects.get()
    withdraw(inquiry)
    announcement, notice = queued("inquiry-announcement")[0], queued("inquiry-notice")[0]
    assert notice.email().extra_headers["References"] == announcement.message_id
    assert str(inquiry.reference) in str(notice.email().subject)


@pytest.mark.parametrize("channel", ["mail", "phone", "signal", "whatsapp", "in_person"])
def test_what_was_said_elsewhere_stands_in_the_thread_and_ends_the_pause(officer: Client, channel: str) -> None:
    inquiry = make_inquiry(state="assigned")
    act(officer, inquiry, "state", to="waiting_journalist")
    inquiry.refresh_from_db()
    act(officer, inquiry, "record", who="journalist", channel=channel, text="Since May, please.", then="")
    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.ASSIGNED
    assert inquiry.pauses.get().ended
    assert "Since May, please." in officer.get(page_of(inquiry)).content.decode()
    act(officer, inquiry, "record", who="office", channel="phone", text="Told her.", then="answered")
    inquiry.refresh_from_db()
    assert inquiry.first_response_at
    assert inquiry.answered_at
    assert to_journalists() == []
    # The headers of our mail must not refer to a message that we have not sent.
    act(officer, inquiry, "reply", text="As I said", then="")
    assert "References" not in queued("inquiry-reply")[0].email().extra_headers


def test_nothing_is_recorded_about_whoever_was_erased(officer: Client) -> None:
    inquiry = make_inquiry()
    erase(inquiry)
    inquiry.refresh_from_db()
    assert act(officer, inquiry, "record", who="journalist", channel="mail", text="x", then="").status_code == 409
    assert not InquiryMessage.objects.exists()


def test_wrong_address_is_corrected_with_its_history_and_what_waits_follows(client: Client, officer: Client) -> None:
    secret = secret_in(client.post(address("en"), typed(email="lelia@example.org")))
    inquiry = Inquiry.objects.get()
    OutgoingMessage.objects.filter(purpose="inquiry-acknowledgement").update(status="refused")
    act(officer, inquiry, "correct", **correction(inquiry, email="leila@example.org"))
    inquiry.refresh_from_db()
    assert inquiry.email == "leila@example.org"
    assert to_journalists() == ["leila@example.org"]
    assert find_inquiry(inquiry.reference or "", secret)
    event = inquiry.events.get(kind="edited")
    assert event.detail["fields"] == ["email"]
    assert "lelia" not in str(event.detail)
    page = officer.get(page_of(inquiry)).content.decode()
    assert "lelia@example.org" in page  # in a note
    erase(inquiry)
    assert "lelia@example.org" not in officer.get(page_of(inquiry)).content.decode()


def test_secret_that_went_to_a_stranger_is_exchanged(client: Client, officer: Client) -> None:
    secret = secret_in(client.post(address("en"), typed(email="stranger@example.org")))
    inquiry = Inquiry.objects.get()
    OutgoingMessage.objects.update(status="sent", content="")
    act(officer, inquiry, "correct", **correction(inquiry, email="leila@example.org"))
    assert find_inquiry(inquiry.reference or "", secret) is None
    assert to_journalists() == ["leila@example.org"]
    mail = queued("inquiry-acknowledgement")[-1].email()
    words = [word.strip("\u2068\u2069") for word in mail.body.split()]
    assert any(len(word) == 29 and find_inquiry(inquiry.reference or "", word) for word in words)


def test_language_and_deadline_are_corrected_with_what_stood_before(officer: Client) -> None:
    inquiry = make_inquiry(deadline=timezone.now() + timedelta(days=3))
    act(officer, inquiry, "correct", **correction(inquiry, language="ar", deadline="2031-01-02T10:00"))
    inquiry.refresh_from_db()
    assert inquiry.language == "ar"
    assert f"{timezone.localtime(inquiry.deadline):%Y-%m-%d %H:%M}" == "2031-01-02 10:00"
    assert inquiry.events.get(kind="edited").detail["values"]["language"] == ["en", "ar"]
    assert act(officer, inquiry, "correct", version=inquiry.version, email="nonsense").status_code == 422


def test_only_the_site_lets_an_inquiry_lapse(officer: Client) -> None:
    inquiry = make_inquiry()
    assert 'value="state:lapsed"' not in officer.get(page_of(inquiry)).content.decode()
    with pytest.raises(IllegalMove):
        move(make_inquiry(2, state="answered"), InquiryState.LAPSED)


def test_reply_in_arabic_keeps_numbers_in_order_and_links_work(officer: Client) -> None:
    inquiry = make_inquiry(language="ar")
    act(officer, inquiry, "reply", text="اتصلوا بالرقم +20 2 2736 5140 أو https://example.org/a الآن", then="")
    mail = queued("inquiry-reply")[0].email()
    assert "\u2068+20 2 2736 5140\u2069" in mail.body
    shown = str(mail.alternatives[0][0])
    assert '<bdi dir="ltr">+20 2 2736 5140</bdi>' in shown
    assert '<a href="https://example.org/a"' in shown
    english = make_inquiry(2)
    act(officer, english, "reply", text="Call +20 2 2736 5140", then="")
    assert "Call +20 2 2736 5140" in queued("inquiry-reply")[-1].email().body
