"""A press inquiry from the form to the admin."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from lxml import html
from pytest_django import DjangoCaptureOnCommitCallbacks

from press.models import Inquiry, InquiryPage

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Leïla Haddad",
    "outlet": "وكالة الأنباء",
    "email": "leila@example.org",
    "deadline": "2026-11-30T16:00",
    "question": "How many?\nSince when?",
}


def address(language: str) -> str:
    return str(InquiryPage.objects.get(locale__language_code=language).url)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_inquiry_is_stored_mailed_and_confirmed_with_its_reference(
    client: Client, language: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(language), TYPED)
    inquiry = Inquiry.objects.get()
    assert inquiry.deadline == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)  # Cairo is two hours ahead in winter
    assert (inquiry.language, inquiry.outlet, inquiry.question) == (language, TYPED["outlet"], "How many?\nSince when?")
    assert inquiry.reference == f"PR-{inquiry.created_at.year}-{inquiry.pk:04d}"

    to_office, to_journalist = mail.outbox
    assert to_office.to == ["iommenanews@iom.int"]
    assert to_office.reply_to == ["leila@example.org"]
    assert to_journalist.to == ["leila@example.org"]
    assert to_journalist.extra_headers["Auto-Submitted"] == "auto-replied"
    for message in (to_office, to_journalist):
        assert inquiry.reference in message.subject
        assert inquiry.reference in message.body

    confirmation = client.get(response["Location"])
    assert inquiry.reference in confirmation.content.decode()
    assert "no-store" in confirmation["Cache-Control"]


def test_confirmation_cannot_be_guessed(client: Client) -> None:
    client.post(address("en"), TYPED)
    reference = str(Inquiry.objects.get().reference)
    for guess in (str(Inquiry.objects.get().pk), reference, "x:y:z", ""):
        assert reference not in client.get(address("en"), {"sent": guess}).content.decode()


def test_empty_form_names_every_field_and_links_to_it(client: Client) -> None:
    response = client.post(address("en"), {})
    document = html.fromstring(response.content)
    assert Inquiry.objects.count() == 0
    assert document.findtext(".//title", "").startswith("Error")
    summary = document.xpath("//*[contains(@class,'error-summary')]//a/@href")
    assert summary == [f"#id_{name}" for name in TYPED]
    for name in TYPED:
        field = document.get_element_by_id(f"id_{name}")
        assert field.get("aria-invalid") == "true"
        described_by = (field.get("aria-describedby") or "").split()
        assert f"id_{name}_error" in described_by
        assert all(document.get_element_by_id(identifier) is not None for identifier in described_by)


def test_mail_that_fails_loses_no_inquiry_and_logs_no_personal_data(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("leila@example.org refused")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("fr"), TYPED)
    assert response.status_code == 302
    inquiry = Inquiry.objects.get()
    assert str(inquiry.reference) in client.get(response["Location"]).content.decode()
    assert str(inquiry.reference) in caplog.text
    for value in ("leila", "Haddad", "How many"):
        assert value not in caplog.text


def test_form_page_is_never_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get(address("ar"))["Cache-Control"]


def test_deadline_may_be_typed_with_arabic_digits(client: Client) -> None:
    response = client.post(address("ar"), TYPED | {"deadline": "٢٠٢٦-١١-٣٠ ١٦:٠٠"})
    assert response.status_code == 302
    assert Inquiry.objects.get().deadline == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
