"""Every page of the content as a reader gets it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from lxml import html
from wagtail.models import Page

from core.languages.declared import NATIVE_NAMES
from core.languages.versions import language_versions_of, public_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["ar", "en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pages_in(language: str) -> list[Page]:
    return list(public_pages(Page.objects.filter(locale__language_code=language, depth__gt=1)))


@pytest.mark.slow
def test_every_page_states_its_language_and_the_others_and_asks_no_third_party(client: Client, language: str) -> None:
    pages = pages_in(language)
    versions = language_versions_of(page.translation_key for page in pages)
    assert len(pages) > 40
    for page in pages:
        response = client.get(page.url, headers={"accept-language": "fr" if language != "fr" else "ar"})
        assert response.status_code == 200, page.url
        document = html.fromstring(response.content)
        assert document.get("lang") == language
        assert document.get("dir") == ("rtl" if language == "ar" else "ltr")
        alternates = {
            link.get("hreflang"): link.get("href") for link in document.xpath("//link[@rel='alternate'][@hreflang]")
        }
        expected = {code: f"http://testserver{version.url}" for code, version in versions[page.translation_key].items()}
        default = expected.get("en") or next(iter(expected.values()))
        assert alternates == expected | {"x-default": default}, page.url
        assert document.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{page.url}"]
        assert len(document.xpath("//h1")) == 1, page.url
        assert not response.cookies, page.url
        loaded = document.xpath("//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet']/@href")
        assert not [address for address in loaded if re.match(r"(https?:)?//", address)], page.url
        assert not document.xpath("//script[not(@src)] | //script/text() | //style | //*[@style] | //iframe"), page.url


def test_language_bar_is_in_one_order_and_in_native_names(client: Client, language: str) -> None:
    document = html.fromstring(client.get(f"/{language}/").content)
    entries = document.xpath("//nav[contains(@class,'language')]//*[@lang]")
    assert [entry.get("lang") for entry in entries] == ["ar", "en", "fr"]
    assert [entry.text_content().strip() for entry in entries] == list(NATIVE_NAMES.values())


def test_anonymous_pages_set_no_cookie_and_may_be_cached(client: Client, language: str) -> None:
    response = client.get(f"/{language}/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
