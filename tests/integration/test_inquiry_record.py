"""The life of an inquiry: its states, its withdrawal and erasure, and the end of the retention period."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from accounts.models import User
from mailing.models import OutgoingMessage
from press.inquiries import notices
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import InquiryEvent, InquiryNote, InquiryPause
from press.inquiries.retention import anonymize_due
from press.inquiries.states import CLOSED, MOVES, IllegalMove, move, moves_for_staff
from tests.press_inquiries import PERSONAL, address, queued, secret_in, typed

pytestmark = pytest.mark.django_db
RECORD = "/en/press-inquiry/"


@pytest.fixture
def sent(client: Client) -> tuple[Inquiry, str]:
    response = client.post(address("en"), typed())
    return Inquiry.objects.get(), secret_in(response)


def ask(client: Client, inquiry: Inquiry, secret: str, action: str) -> int:
    form = {"reference": str(inquiry.reference), "secret": secret, "action": action}
    return client.post(RECORD, form).status_code


def test_moves_are_those_of_the_table_and_no_others(sent: tuple[Inquiry, str], editor: User) -> None:
    inquiry, _ = sent
    for before, after in product(InquiryState, InquiryState):
        Inquiry.objects.update(state=before, closed_at=None)
        InquiryPause.objects.all().delete()
        if after in MOVES[before]:
            assert move(inquiry, after, by=editor).state == after
            stored = Inquiry.objects.get()
            assert (stored.closed_at is not None) == (after in CLOSED)
        else:
            with pytest.raises(IllegalMove):
                move(inquiry, after, by=editor)
            assert Inquiry.objects.get().state == before
    assert InquiryEvent.objects.filter(kind="moved").count() == sum(len(moves) for moves in MOVES.values())


def test_staff_do_not_withdraw() -> None:
    assert all(InquiryState.WITHDRAWN not in moves_for_staff(state) for state in InquiryState)


def test_waiting_for_the_journalist_pauses_the_clock(sent: tuple[Inquiry, str]) -> None:
    inquiry, _ = sent
    begin = timezone.now()
    move(inquiry, InquiryState.WAITING_JOURNALIST, at=begin)
    assert InquiryPause.objects.get().ended is None
    move(inquiry, InquiryState.ASSIGNED, at=begin + timedelta(hours=3))
    pause = InquiryPause.objects.get()
    assert (pause.began, pause.ended) == (begin, begin + timedelta(hours=3))
    assert Inquiry.objects.get().version == 2


def test_journalist_withdraws(client: Client, sent: tuple[Inquiry, str]) -> None:
    inquiry, secret = sent
    assert ask(client, inquiry, secret, "withdraw") == 200
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.name) == ("withdrawn", "Leïla Haddad")
    assert ask(client, inquiry, secret, "withdraw") == 200, "twice is as good as once"


def test_journalist_erases_at_once(client: Client, sent: tuple[Inquiry, str], editor: User) -> None:
    inquiry, secret = sent
    InquiryNote.objects.create(inquiry=inquiry, author=editor, text="Haddad called")
    assert ask(client, inquiry, f" {secret.lower().replace('-', ' ')} ", "erase") == 200
    inquiry.refresh_from_db()
    assert inquiry.state == "withdrawn"
    assert inquiry.anonymized_at is not None
    assert {inquiry.name, inquiry.email, inquiry.phone, inquiry.question, inquiry.links, inquiry.outlet} == {""}
    assert not inquiry.notes.exists()
    assert not inquiry.messages.exists()
    [notice] = queued(notices.PURPOSE)
    assert str(inquiry.reference) in notice.content
    assert not [value for value in PERSONAL if value in notice.content]
    others = OutgoingMessage.objects.exclude(pk=notice.pk)
    assert set(others.values_list("status", flat=True)) == {"cancelled"}
    assert {mail.content for mail in others} == {""}
    assert InquiryEvent.objects.filter(kind="erased", user=None).exists()
    assert ask(client, inquiry, secret, "erase") == 200


def test_form_sent_again_after_erasing_brings_nothing_back(client: Client) -> None:
    form = typed()
    secret = secret_in(client.post(address("en"), form))
    ask(client, Inquiry.objects.get(), secret, "erase")
    again = client.post(address("en"), form)
    assert Inquiry.objects.get().name == ""
    assert "This question was erased" in again.content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"reference": "PR-2031-9999"},
        {"secret": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"},
        {"secret": ""},
        {"action": "publish"},
        {"reference": "a\x00b"},
        {"secret": "x" * 100_000},
    ],
)
def test_nobody_erases_without_reference_and_secret(
    client: Client, sent: tuple[Inquiry, str], form: dict[str, str]
) -> None:
    inquiry, secret = sent
    whole = {"reference": str(inquiry.reference), "secret": secret, "action": "erase"}
    assert client.post(RECORD, whole | form).status_code == 422
    assert Inquiry.objects.get().name == "Leïla Haddad"


def test_other_sites_cannot_erase(client: Client, sent: tuple[Inquiry, str]) -> None:
    inquiry, secret = sent
    form = {"reference": str(inquiry.reference), "secret": secret, "action": "erase"}
    assert client.post(RECORD, form, HTTP_ORIGIN="https://evil.example").status_code == 403


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_record_page_leaves_no_trace(client: Client, language: str) -> None:
    response = client.get(f"/{language}/press-inquiry/", {"reference": "PR-2031-0001"})
    assert response.status_code == 200
    assert b'value="PR-2031-0001"' in response.content
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_language_bar_leads_to_the_record_page_in_other_languages(client: Client) -> None:
    bar = html.fromstring(client.get(RECORD).content).xpath(
        "//nav[contains(@class, 'language-bar')]//li/button/@formaction"
    )
    assert bar == ["/ar/press-inquiry/", "/fr/press-inquiry/"]


def test_closed_inquiry_is_anonymous_after_the_retention_period(
    sent: tuple[Inquiry, str], settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    inquiry, _ = sent
    settings.INQUIRY_RETENTION_DAYS = 30
    assert not anonymize_due(), "it is open"
    move(inquiry, InquiryState.ANSWERED, at=timezone.now() - timedelta(days=29))
    assert not anonymize_due()
    Inquiry.objects.update(closed_at=timezone.now() - timedelta(days=31))
    call_command("anonymize_inquiries")
    assert "1 press inquiries" in capsys.readouterr().out
    inquiry.refresh_from_db()
    assert (inquiry.name, inquiry.question, inquiry.state) == ("", "", "answered")
    assert (inquiry.outlet, inquiry.country) == ("وكالة الأنباء", "LBN")
    assert not anonymize_due()


def test_personal_data_of_the_former_release_is_encrypted(sent: tuple[Inquiry, str]) -> None:
    from importlib import import_module

    encrypt_stored = import_module("press.migrations.0004_encrypt_inquiries").encrypt_stored
    with connection.cursor() as cursor:
        cursor.execute("UPDATE press_inquiry SET name = 'In clear', email = 'a@example.org', question = 'Why?'")
    encrypt_stored(None, type("Editor", (), {"connection": connection}))
    inquiry = Inquiry.objects.get()
    assert (inquiry.name, inquiry.email, inquiry.question) == ("In clear", "a@example.org", "Why?")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email, question FROM press_inquiry")
        stored = repr(cursor.fetchall())
    assert not any(text in stored for text in ("In clear", "example.org", "Why?", *PERSONAL))


def test_security_txt_says_whom_to_tell_and_until_when(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:iommenanews@iom.int"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timezone.now() < expires < timezone.now() + timedelta(days=366)
    assert "Encryption" not in lines
    assert client.get("/.well-known/openpgp-key.asc").status_code == 404
