"""The news feed, the sitemap and the search page."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import Page

from core.languages.versions import public_pages
from core.pages import sitemap
from news.models import NewsPage
from search.page import SearchPage
from tests.sitemaps import NAMESPACES, addresses_in, sitemap_entries, sitemap_files

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def assert_moved(client: Client, old: str, new: str) -> None:
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_feed_holds_the_latest_news_of_its_language(client: Client, language: str) -> None:
    response = client.get(f"/api/v1/feeds/news.atom?locale={language}")
    feed = ElementTree.fromstring(response.content)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall("a:entry", ATOM)
    news = NewsPage.objects.filter(locale__language_code=language).order_by("-date")[:20]
    assert [entry.findtext("a:title", None, ATOM) for entry in entries] == [page.title for page in news]
    links = [link.get("href") for entry in entries for link in entry.findall("a:link", ATOM)]
    assert links == [f"http://testserver{page.url}" for page in news]


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_pages_name_the_feed_of_their_language_and_its_old_address_leads_there(client: Client, language: str) -> None:
    page = html.fromstring(client.get(f"/{language}/").content)
    feed = f"/api/v1/feeds/news.atom?locale={language}"
    assert page.xpath("//link[@type='application/atom+xml']/@href") == [feed]
    assert page.xpath("//footer//a[@type='application/atom+xml']/@href") == [feed]
    assert_moved(client, f"/{language}/feeds/news.atom", feed)


def test_title_in_the_arabic_feed_keeps_a_number_in_its_order(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="ar").latest("date")
    page.title = "رقم الهاتف +20 2 2795 1234 متاح"
    page.save_revision().publish()
    feed = ElementTree.fromstring(client.get("/api/v1/feeds/news.atom?locale=ar").content)
    titles = [entry.findtext("a:title", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert "رقم الهاتف \u2068+20 2 2795 1234\u2069 متاح" in titles


def test_sitemap_lists_every_public_page_with_its_languages(client: Client) -> None:
    listed = sitemap_entries(client)
    pages = list(public_pages(Page.objects.filter(depth__gt=1)))
    assert set(listed) == {f"http://testserver{page.url}" for page in pages}
    home = listed["http://testserver/ar/"]
    alternates = {link.get("hreflang"): link.get("href") for link in home.findall("x:link", NAMESPACES)}
    assert alternates == {
        "ar": "http://testserver/ar/",
        "en": "http://testserver/en/",
        "fr": "http://testserver/fr/",
        "x-default": "http://testserver/en/",
    }


def test_sitemap_is_cut_into_files_that_know_the_languages_in_others(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PAGES_OF_A_FILE", 7)
    whole = sitemap_entries(client)
    files = sitemap_files(client)
    assert len(files) > 10
    assert max(len(addresses_in(text)) for text in files.values()) <= 7
    assert set(whole) == {f"http://testserver{page.url}" for page in public_pages(Page.objects.filter(depth__gt=1))}
    for address, entry in whole.items():
        languages = {link.get("href") for link in entry.findall("x:link", NAMESPACES)}
        assert address in languages
        assert languages <= set(whole)


@pytest.mark.slow
def test_a_file_of_the_sitemap_without_public_pages_does_not_exist(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = NewsPage.objects.latest("pk")
    monkeypatch.setattr(sitemap, "PAGES_OF_A_FILE", 1)
    own = reverse("sitemap_file", args=[page.pk + 1])
    assert own in sitemap_files(client)
    page.unpublish()
    assert own not in sitemap_files(client)
    for address in (own, "/sitemap-0.xml", f"/sitemap-{10**30}.xml"):
        assert client.get(address).status_code == 404


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
