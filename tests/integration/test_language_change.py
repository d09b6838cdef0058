"""Readers who change the language can continue what they were doing."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html
from wagtail.contrib.redirects.models import Redirect

from news.models import NewsIndexPage, NewsPage
from press.room.page import PressRoomPage
from research.models import ResearchIndexPage
from search.page import SearchPage
from tests.factories import make_page

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "en", "fr")


def language_bar(client: Client, address: str) -> dict[str, str]:
    """Return the links of the language bar by language."""
    tree = html.fromstring(client.get(address).content.decode())
    links = tree.xpath("//nav[contains(@class, 'language-bar')]//*[self::a or @formaction]")
    return {link.get("lang"): unquote(link.get("href") or link.get("formaction")) for link in links}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("model", "query"),
    [
        (SearchPage, "q=migration&topic=labour-migration&country=EGY&year=2026&sort=newest&page=2"),
        (SearchPage, "q=الهجرة"),
        (NewsIndexPage, "topic=labour-migration"),
        (NewsIndexPage, "page=2"),
        (ResearchIndexPage, "country=EGY&year=2026"),
        (PressRoomPage, "topic=labour-migration&language=fr"),
    ],
)
def test_query_is_kept(client: Client, model: Any, language: str, query: str) -> None:
    versions = {page.locale.language_code: page.url for page in model.objects.all()}
    bar = language_bar(client, f"{versions.pop(language)}?{query}")
    assert bar == {other: f"{unquote(address)}?{query}" for other, address in versions.items()}


@pytest.mark.parametrize("name", ["subscribe", "inquiry_record"])
def test_query_of_a_form_is_kept(client: Client, name: str) -> None:
    with translation.override("en"):
        here = reverse(name)
    assert language_bar(client, f"{here}?reference=PR-2026-0001")["ar"] == (
        f"{here.replace('/en/', '/ar/')}?reference=PR-2026-0001"
    )


def test_list_that_was_narrowed_to_the_new_language_shows_all_of_it(client: Client) -> None:
    french = NewsIndexPage.objects.get(locale__language_code="fr").url
    narrowed, everything = (client.get(french, query).content for query in ({"language": "fr"}, {}))
    assert b"card__title" in narrowed
    assert narrowed.count(b"card__title") == everything.count(b"card__title")


@pytest.mark.parametrize(
    ("query", "expected"), [("topic=x&page=9", "?topic=x"), ("page=7", "?page=2"), ("page=999999", "?page=2")]
)
def test_page_that_a_list_does_not_have_leads_to_its_last(client: Client, query: str, expected: str) -> None:
    response = client.get(f"/en/news/?{query}")
    assert (response.status_code, response["Location"]) == (302, f"/en/news/{expected}")


@pytest.mark.parametrize("number", ["0", "x", "-1", "1234567", "٢"])
def test_number_that_is_none_is_not_found(client: Client, number: str) -> None:
    assert client.get("/en/news/", {"page": number}).status_code == 404


def test_missing_language_is_a_plain_link_to_the_page_that_says_so(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-whole-of-government", locale__language_code="en")
    address = language_bar(client, page.url)["ar"]
    response = client.get(address)
    assert response.status_code == 200
    assert page.url in unquote(response.content.decode())
    assert set(language_bar(client, address)) == {"en", "fr"}


def test_error_page_leads_to_the_other_home_pages(client: Client) -> None:
    assert language_bar(client, "/en/nothing/?q=x") == {"ar": "/ar/", "fr": "/fr/"}


def test_address_of_another_language_keeps_its_query(client: Client) -> None:
    response = client.get("/ar/search/?q=x&topic=labour-migration")
    assert unquote(response["Location"]) == "/ar/البحث/?q=x&topic=labour-migration"


def test_door_keeps_its_query(client: Client) -> None:
    assert client.get("/?q=x", headers={"accept-language": "fr"})["Location"] == "/fr/?q=x"


@pytest.mark.parametrize(
    ("old", "link", "asked", "expected"),
    [
        ("/old", "/en/news/", "/old/?topic=x", "/en/news/?topic=x"),
        ("/old", "/en/news/?year=2026", "/old?topic=x", "/en/news/?year=2026"),
        ("/old?id=5", "/en/news/", "/old?id=5", "/en/news/"),
        ("/old", "https://www.example.org/", "/old?topic=x", "https://www.example.org/"),
    ],
)
def test_redirect_keeps_the_query_that_it_was_not_made_for(
    client: Client, old: str, link: str, asked: str, expected: str
) -> None:
    Redirect.objects.create(old_path=Redirect.normalise_path(old), redirect_link=link)
    assert client.get(asked)["Location"] == expected


def test_sections_have_the_same_anchors_in_every_language(client: Client) -> None:
    """Anchors are made from the position among the headings; the content between them may differ."""
    content = uuid4()
    heading = {"type": "heading", "value": {"text": "H", "level": "2"}}
    part = {"type": "heading", "value": {"text": "P", "level": "3"}}
    text = {"type": "rich_text", "value": "<p>Text</p>"}
    bodies = {"en": [text, heading, text, part, text, heading], "ar": [heading, part, text, text, heading]}
    for language, body in bodies.items():
        page = make_page(NewsPage, language, translation_key=content, body=body)
        tree = html.fromstring(client.get(page.url).content)
        assert tree.xpath("//*[@class='body']/*[self::h2 or self::h3]/@id") == ["section-1", "section-2", "section-3"]
