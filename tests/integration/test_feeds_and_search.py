"""The news feed, the sitemap and the search page."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree
from django.test import Client
from lxml import html
from wagtail.models import Page

from core.languages import public_pages
from news.models import NewsPage
from search.models import SearchPage

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_feed_holds_the_latest_news_of_its_language(client: Client, language: str) -> None:
    response = client.get(f"/{language}/feeds/news.atom")
    feed = ElementTree.fromstring(response.content)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall("a:entry", ATOM)
    news = NewsPage.objects.filter(locale__language_code=language).order_by("-date")[:20]
    assert [entry.findtext("a:title", None, ATOM) for entry in entries] == [page.title for page in news]
    links = [link.get("href") for entry in entries for link in entry.findall("a:link", ATOM)]
    assert links == [f"http://testserver{page.url}" for page in news]


def test_feed_entry_keeps_its_id_when_the_page_is_renamed(client: Client) -> None:
    def identifiers() -> set[str]:
        feed = ElementTree.fromstring(client.get("/en/feeds/news.atom").content)
        return {entry.findtext("a:id", "", ATOM) for entry in feed.findall("a:entry", ATOM)}

    before = identifiers()
    page = NewsPage.objects.filter(locale__language_code="en").latest("date")
    page.slug, page.title = "another-slug", "Another title"
    page.save_revision().publish()
    assert identifiers() == before


def test_sitemap_lists_every_public_page_with_its_languages(client: Client) -> None:
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    listed = {url.findtext("s:loc", None, SITEMAP): url for url in sitemap.findall("s:url", SITEMAP)}
    pages = list(public_pages(Page.objects.filter(depth__gt=1)))
    assert set(listed) == {f"http://testserver{page.url}" for page in pages}
    home = listed["http://testserver/ar/"]
    alternates = {link.get("hreflang"): link.get("href") for link in home.findall("x:link", SITEMAP)}
    assert alternates == {
        "ar": "http://testserver/ar/",
        "en": "http://testserver/en/",
        "fr": "http://testserver/fr/",
        "x-default": "http://testserver/en/",
    }


@pytest.mark.parametrize(("language", "words"), [("ar", "الهجرة"), ("en", "migration"), ("fr", "migration")])
def test_search_finds_pages_in_the_readers_language_only(client: Client, language: str, words: str) -> None:

    address = SearchPage.objects.get(locale__language_code=language).url
    response = client.get(address, {"q": words})
    links = html.fromstring(response.content).xpath("//*[contains(@class,'results')]//a/@href")
    assert links
    assert all(link.startswith(f"/{language}/") for link in links)


def test_search_pages_through_its_results_without_repeating_one(client: Client) -> None:
    seen: list[str] = []
    for page in range(1, 10):
        response = client.get("/en/search/", {"q": "migration", "page": str(page)})
        links = html.fromstring(response.content).xpath("//*[contains(@class,'results')]/li//a/@href")
        if seen and links[0] in seen:
            break
        seen += links
    assert len(seen) > 10
    assert len(seen) == len(set(seen))


def test_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    document = html.fromstring(client.get("/en/search/", {"q": "xylophone"}).content)
    assert document.xpath("//input[@name='q']/@value")[-1] == "xylophone"
    assert not document.xpath("//*[contains(@class,'results')]/li")
    assert document.get_element_by_id("main").xpath(".//a"), "a way on from an empty result"


def test_draft_is_not_found(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="en").latest("date")
    page.title = "Xylophone"
    page.save_revision()
    assert b"Xylophone" not in client.get("/en/search/", {"q": "xylophone"}).content.replace(b'value="xylophone"', b"")
