"""The role of each item, and the terms under which it may be used."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from core.models import OfficeSettings
from home.models import StandardPage
from publishing.large_changes import continue_large_changes
from publishing.models import DocumentFacet, PublicText, PublishedDocument, Sequence

pytestmark = pytest.mark.django_db


def pages(client: Client, query: str = "") -> dict[str, Any]:
    return {item["slug"]: item for item in client.get(f"/api/v1/pages?limit=100{query}").json()["items"]}


def office(language: str = "en") -> OfficeSettings:
    return OfficeSettings.objects.get(locale__language_code=language)


def allow_use(language: str = "en") -> None:
    settings = office(language)
    settings.licence, settings.licence_url = "A licence", "https://www.example.org/licence"
    settings.terms_url, settings.credit_line = "https://www.example.org/terms", "The office"
    settings.save()
    while continue_large_changes():
        pass


def test_every_page_says_what_it_is_for(client: Client) -> None:
    roles = {item["role"] for item in pages(client).values()}
    assert roles == {"home", "index", "tool", "legal", "content"}
    for page in StandardPage.objects.filter(locale__language_code="en", live=True):
        expected = "legal" if page.is_legal or page.shows_stored_data else "content"
        assert pages(client)[page.slug]["role"] == expected
    assert {item["role"] for item in client.get("/api/v1/news").json()["items"]} == {"content"}


def test_lists_can_be_narrowed_to_a_role(client: Client) -> None:
    everything = pages(client)
    for role in ("home", "index", "tool", "legal", "content"):
        assert set(pages(client, f"&role={role}")) == {
            slug for slug, item in everything.items() if item["role"] == role
        }
    assert set(pages(client, "&role=-content")) == {
        slug for slug, item in everything.items() if item["role"] != "content"
    }
    assert client.get("/api/v1/pages?role=nothing").status_code == 400
    assert client.get("/api/v1/pages?role=tool,-tool").status_code == 409


def test_an_editor_makes_a_page_a_legal_one_without_partners_being_told_of_new_words(client: Client) -> None:
    page = StandardPage.objects.filter(locale__language_code="en", is_legal=False, shows_stored_data=False).first()
    before = client.get(f"/api/v1/items/{page.translation_key}").json()
    page.is_legal = True
    page.save_revision().publish()
    after = client.get(f"/api/v1/items/{page.translation_key}").json()
    assert (before["role"], after["role"]) == ("content", "legal")
    assert after["content_updated_at"] == before["content_updated_at"]


def test_the_change_feed_says_the_role(client: Client) -> None:
    changes = client.get("/api/v1/changes?include=card").json()["changes"]
    assert all(change["role"] == change["item"]["role"] for change in changes)


def test_what_the_settings_do_not_say_is_null(client: Client) -> None:
    item = next(iter(pages(client).values()))
    organization = office().organization
    assert item["rights"] == {
        "license": None,
        "terms_url": None,
        "copyright_holder": organization,
        "credit_line": organization,
        "contact_email": office().contact_email,
    }
    info = client.get("/api/v1/openapi.json").json()["info"]
    assert info["contact"] == {"name": organization, "email": office().contact_email}
    assert not {"license", "termsOfService"} & set(info)


@pytest.mark.slow
def test_terms_stand_in_every_form_of_the_language_that_they_are_set_for(client: Client) -> None:
    allow_use()
    for item in client.get("/api/v1/items?limit=100").json()["items"]:
        assert item["rights"]["license"] == {"name": "A licence", "url": "https://www.example.org/licence"}
    assert client.get("/api/v1/items?locale=fr&limit=1").json()["items"][0]["rights"]["license"] is None
    info = client.get("/api/v1/openapi.json").json()["info"]
    assert info["license"] == {"name": "A licence", "url": "https://www.example.org/licence"}
    assert info["termsOfService"] == "https://www.example.org/terms"
    assert "https://www.example.org/terms" in client.get("/api/v1/docs").content.decode()
    linked = client.get(f"/api/v1/items/{item['content_id']}.jsonld").json()
    assert (linked["license"], linked["usageInfo"]) == (info["license"]["url"], info["termsOfService"])
    assert (linked["copyrightHolder"]["name"], linked["creditText"]) == (office().organization, "The office")
    assert client.get("/api/v1/feeds/news.json").json()["_rights"]["credit_line"] == "The office"
    for form, element in (("atom", "<rights>"), ("rss", "<copyright>")):
        assert f"{element}The office · A licence" in client.get(f"/api/v1/feeds/news.{form}").content.decode()
    assert 'rel="license"' in client.get("/api/v1/feeds/news.atom").content.decode()
    assert client.get("/api/v1/").json()["rights"]["credit_line"] == "The office"


def test_other_settings_leave_the_documents_of_the_language_alone() -> None:
    last = Sequence.objects.get().last
    settings = office()
    settings.notice = "An emergency"
    settings.save()
    assert Sequence.objects.get().last == last


def test_terms_are_no_words_of_the_page(client: Client) -> None:
    before = dict(PublicText.objects.filter(locale="en").values_list("content_id", "changed_at"))
    allow_use()
    assert dict(PublicText.objects.filter(locale="en").values_list("content_id", "changed_at")) == before
    assert not PublishedDocument.objects.filter(locale="en", removal="").exclude(card__contains="A licence").exists()


def test_an_address_of_a_licence_needs_its_name() -> None:
    settings = office()
    settings.licence_url = "https://www.example.org/licence"
    with pytest.raises(ValidationError, match="licence"):
        settings.full_clean()


def test_new_values_to_filter_by_come_with_a_rebuild_and_tell_partners_nothing() -> None:
    last, facets = Sequence.objects.get().last, set(DocumentFacet.objects.values_list("document", "name", "value"))
    DocumentFacet.objects.exclude(name__in=("year", "country", "topic")).delete()
    call_command("rebuild_documents", verbosity=0)
    assert Sequence.objects.get().last == last
    assert set(DocumentFacet.objects.values_list("document", "name", "value")) == facets
