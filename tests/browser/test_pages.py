"""Every kind of page in a real browser, in three languages, on a narrow screen, without JavaScript."""

from __future__ import annotations

import urllib.request
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LANGUAGES = ["ar", "en", "fr"]
OFFICE = {"ar": "المكتب الإقليمي", "en": "Regional Office", "fr": "Bureau régional"}


def addresses(site_address: str, language: str) -> list[str]:
    """Return the addresses of a language in the sitemap, with only a few of the sample news and publications."""
    with urllib.request.urlopen(f"{site_address}/sitemap-1.xml") as answer:
        root: Element = ElementTree.fromstring(answer.read())
    found = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    found = [address for address in found if address.startswith(f"{site_address}/{language}/")]
    deep = [address for address in found if address.count("/") > 5 and "programme" not in address]
    return [address for address in found if address not in deep] + deep[:3] + deep[-12:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_without_javascript(page: Page, site_address: str, language: str) -> None:
    pages = addresses(site_address, language)
    assert len(pages) > 20
    for address in pages:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        html = page.locator("html")
        assert html.get_attribute("lang") == language
        assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert OFFICE[language] in page.get_by_role("banner").inner_text()


def test_arabic_begins_at_the_right(page: Page) -> None:
    page.goto("/ar/")
    heading, document = page.locator("h1").bounding_box(), page.locator("body").bounding_box()
    assert heading is not None
    assert document is not None
    assert document["width"] - (heading["x"] + heading["width"]) < heading["x"] + 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_bar_leads_to_the_same_content(page: Page, language: str) -> None:
    page.goto("/en/what-we-do/migration-health/")
    if language != "en":
        page.locator(f"header a[hreflang={language}]").click()
    assert page.locator("html").get_attribute("lang") == language
    canonical = page.locator("link[hreflang=en]").get_attribute("href") or ""
    assert canonical.endswith("/en/what-we-do/migration-health/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_filters_and_pager_work_without_javascript(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    page.locator("summary").first.click()
    page.locator(".menu nav a").nth(1).click()
    page.wait_for_load_state()
    everything = page.locator(".card").count()
    page.locator("select[name=country]").select_option("OMN")
    page.locator(".filters button").click()
    page.wait_for_url("**country=OMN**")
    assert 0 < page.locator(".card").count() < everything
    page.locator(".filters__answer a").click()
    first = page.locator(".card__title").first.inner_text()
    page.locator("a[rel=next]").click()
    assert page.locator(".card__title").first.inner_text() != first
