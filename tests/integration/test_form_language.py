"""A reader who changes the language of a half-completed form keeps what was typed, and none of it is stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import html

from core.models import RateCount
from mailing.models import OutgoingMessage
from press.forms.spam import FORMS_AN_HOUR
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.page import InquiryPage
from press.subscriptions.models import Subscription
from tests.hostile_texts import HOSTILE
from tests.press_inquiries import TYPED, address, stamp, typed

pytestmark = pytest.mark.django_db
LEFT = "left_language"
FORMS = ("/{}/press-inquiry/", "/{}/press-releases-by-email/")
CHANGES = [("en", "ar"), ("ar", "fr"), ("fr", "en")]


def shown(response: Any) -> dict[str, str]:
    """Return the values in the form of a page."""
    form = next(form for form in html.fromstring(response.content).forms if form.method == "POST")
    return {name: value.strip() for name, value in form.fields.items() if isinstance(value, str)}


def buttons(client: Client, at: str) -> dict[str, Any]:
    """Return the buttons of the language bar by language."""
    page = html.fromstring(client.get(at).content)
    found = page.xpath("//nav[contains(@class, 'language-bar')]//li/button")
    assert {button.get("form") for button in found} <= {form.get("id") for form in page.forms}
    return {button.get("lang"): button for button in found}


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_half_written_inquiry_goes_along_and_is_not_sent(client: Client, before: str, after: str) -> None:
    button = buttons(client, address(before))[after]
    assert button.get("formaction") == address(after)
    assert button.get("formnovalidate") is not None
    half = typed(time_zone="Asia/Beirut", topic="migration-health", email="leila@", deadline_date="٢٠٣١")
    response = client.post(button.get("formaction"), half | {button.get("name"): button.get("value")})
    assert response.status_code == 200
    assert shown(response).items() >= half.items()
    page = html.fromstring(response.content)
    assert page.get("lang") == after
    assert not page.xpath("//*[@aria-invalid='true'] | //*[contains(@class, 'error-summary')]")
    assert not page.findtext(".//title", "").startswith(("Error", "Erreur", "خطأ"))
    assert len(page.xpath("//*[@role='status'][contains(@class, 'form__carried')]")) == 1
    assert not Inquiry.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_what_went_along_is_then_sent_as_usual(client: Client) -> None:
    carried = shown(client.post(address("ar"), typed(**{LEFT: "en"})))
    assert client.post(address("ar"), carried).status_code == 200
    inquiry = Inquiry.objects.get()
    assert (inquiry.question, inquiry.country, inquiry.language) == (TYPED["question"], "LBN", "en")


@pytest.mark.parametrize("form", [address, *(form.format for form in FORMS)])
def test_form_that_nobody_has_touched_is_the_plain_page(client: Client, form: Any) -> None:
    left = buttons(client, form("en"))["fr"]
    untouched = shown(client.get(form("en")))
    response = client.post(left.get("formaction"), untouched | {LEFT: "en"})
    assert (response.status_code, response.get("Location")) == (302, form("fr")), shown(response)


def test_every_form_that_has_text_goes_along(client: Client) -> None:
    record = {"reference": "PR-2026-0001", "secret": "AAAA-BBBB", "action": "erase"}
    assert shown(client.post(FORMS[0].format("ar"), record | {LEFT: "en"})).items() >= record.items()
    asked = {"email": "someone@", "language": "fr", "topics": ["migration-health", "labour-migration"]}
    response = client.post(FORMS[1].format("ar"), asked | {LEFT: "en", "website": "a program"})
    ticked = html.fromstring(response.content).xpath("//input[@name='topics'][@checked]/@value")
    assert sorted(ticked) == ["labour-migration", "migration-health"]
    assert shown(response)["email"] == "someone@"
    assert "website" not in shown(response)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_goes_along(client: Client, text: str) -> None:
    assert client.post(address("fr"), typed(question=text, name=text, **{LEFT: "ar"})).status_code == 200


def test_traps_and_stamps_count_as_before(client: Client) -> None:
    good = stamp()
    assert shown(client.post(address("ar"), typed(stamp=good, **{LEFT: "en"})))["stamp"] == good
    again = shown(client.post(address("ar"), typed(company_address="x", proof="1-2-3", **{LEFT: "en"})))
    assert not again.get("company_address")
    assert not again.get("proof")
    assert shown(client.post(address("ar"), typed(stamp="forged", **{LEFT: "en"})))["stamp"] not in ("", "forged")


def test_changes_count_as_forms_and_as_no_question(client: Client) -> None:
    for _ in range(2):
        client.post(address("ar"), typed(**{LEFT: "en"}), REMOTE_ADDR="8.8.8.8")
    assert [count.used for count in RateCount.objects.all()] == [2]
    RateCount.objects.update(used=FORMS_AN_HOUR)
    response = client.post(address("ar"), typed(**{LEFT: "en"}), REMOTE_ADDR="8.8.8.8")
    assert response.status_code == 429
    assert shown(response)["question"] == TYPED["question"]


@pytest.mark.parametrize(
    ("at", "sent"), [("inquiry", typed()), (FORMS[0], {"secret": "AAAA"}), (FORMS[1], {"email": "someone@"})]
)
def test_no_cache_keeps_what_was_typed_and_no_other_site_sends_it(at: str, sent: dict[str, str]) -> None:
    at = address("en") if at == "inquiry" else at.format("en")
    client = Client(enforce_csrf_checks=True)
    response = client.post(at, sent | {LEFT: "ar"})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    text = "AAAA" if "secret" in sent else str(sent["email"])
    assert text in response.content.decode()
    assert text not in str(getattr(cache, "_cache", ""))
    assert text not in client.get(at).content.decode()
    assert client.post(at, sent | {LEFT: "ar"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_language_that_the_form_lacks_is_a_plain_link(client: Client) -> None:
    InquiryPage.objects.get(locale__language_code="fr").unpublish()
    page = html.fromstring(client.get(address("en")).content)
    assert set(buttons(client, address("en"))) == {"ar"}
    assert page.xpath("//nav[contains(@class, 'language-bar')]//a/@hreflang") == ["fr"]


@pytest.mark.parametrize("form", [address, *(form.format for form in FORMS)])
def test_plain_links_stay_and_the_buttons_say_what_they_do(client: Client, form: Any) -> None:
    page = html.fromstring(client.get(form("en")).content)
    assert page.xpath("//main//a[@hreflang]/@href") == [form("ar"), form("fr")]
    (hint,) = page.xpath("//*[@id='language-bar-hint']/text()")
    assert hint == "What you have typed comes along. Nothing is sent."
    assert set(page.xpath("//nav[contains(@class, 'language-bar')]//li/button/@aria-describedby")) == {
        "language-bar-hint"
    }


def test_page_without_a_form_has_links_only(client: Client) -> None:
    assert not buttons(client, "/en/")
    assert not html.fromstring(client.post(address("en"), typed()).content).xpath("//button[@name='left_language']")
