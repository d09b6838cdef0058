"""The search page: results, filters, paging, and its messages when there is little to show."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from news.models import NewsPage
from research.models import PublicationPage
from search.page import SearchPage

pytestmark = pytest.mark.django_db

WORDS = {"ar": "الهجرة", "en": "migration", "fr": "migration"}
LANGUAGES = sorted(WORDS)


def address_of(language: str) -> str:
    return str(SearchPage.objects.get(locale__language_code=language).url)


def opened(client: Client, language: str, **parameters: Any) -> Any:
    response = client.get(address_of(language), parameters)
    assert response.status_code == 200
    return html.fromstring(response.content)


def results(document: Any) -> list[str]:
    return [str(address) for address in document.xpath("//li[contains(@class,'result')]//h3/a/@href")]


def all_results(client: Client, language: str, **parameters: Any) -> list[str]:
    found: list[str] = []
    document = opened(client, language, **parameters)
    while True:
        found += results(document)
        following = document.xpath("//a[@rel='next']/@href")
        if not following:
            return found
        document = html.fromstring(client.get(address_of(language) + following[0]).content)


def text_of(document: Any) -> str:
    return " ".join(document.get_element_by_id("main").text_content().split())


@pytest.fixture
def quokkas(db: None) -> Any:
    """News in Arabic and English, with a word that occurs only in the English title."""
    page = NewsPage.objects.get(locale__language_code="en", slug="sample-documents-to-carry")
    page.title = "Quokkas & <b>wallabies</b>"
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_are_marked_and_counted_in_the_readers_language(client: Client, language: str) -> None:
    document = opened(client, language, q=WORDS[language])
    assert document.get("lang") == language
    assert document.get("dir") == ("rtl" if language == "ar" else "ltr")
    shown = results(document)
    assert len(shown) == 10
    assert all(address.startswith(f"/{language}/") for address in shown)
    assert document.xpath("//li[contains(@class,'result')]//h3/a/bdi/mark")
    assert str(len(all_results(client, language, q=WORDS[language]))) in document.xpath("//h2[@id='results']")[0].text
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_are_a_form_that_needs_no_script(client: Client, language: str) -> None:
    document = opened(client, language, q=WORDS[language])
    boxes = document.xpath("//input[@type='checkbox']")
    assert {box.get("form") for box in boxes} == {document.xpath("//form[@method='get'][@id]/@id")[0]}
    assert {box.get("name") for box in boxes} == {"type", "topic", "country", "year", "programme"}
    labels = {box.get("value"): " ".join(box.getparent().text_content().split()) for box in boxes}
    egypt = {"ar": "مصر", "en": "Egypt", "fr": "Égypte"}[language]
    assert labels["EGY"].startswith(egypt)
    for box in boxes:
        found = all_results(client, language, q=WORDS[language], **{box.get("name"): box.get("value")})
        assert labels[box.get("value")].endswith(f"({len(found)})")
        assert found


def test_counts_leave_their_own_filter_out_and_chosen_values_stay(client: Client) -> None:
    def counts(document: Any, name: str) -> dict[str, str]:
        boxes = document.xpath(f"//input[@name='{name}']")
        return {box.get("value"): box.getparent().xpath(".//*[@class='facets__count']")[0].text for box in boxes}

    free = opened(client, "en", q="migration")
    chosen = opened(client, "en", q="migration", type="publication", country="ISL")
    assert counts(chosen, "country")["ISL"] == "(0)"
    assert counts(opened(client, "en", q="migration", type="publication"), "type") == counts(free, "type")
    checked = chosen.xpath("//input[@type='checkbox'][@checked]/@value")
    assert checked == ["publication", "ISL"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"type": "evil"}, {"topic": "no-such"}, {"topic": "'; --"}, {"country": "XXX"}, {"year": "20x6"},
        {"year": "٢٠٢٦"}, {"programme": "1"}, {"sort": "evil"}, {"page": "abc"}, {"page": "-1"}, {"page": "0"},
        {"page": "٢"}, {"unknown": "x"}, {"type": ["evil"] * 1000},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_left_out(client: Client, parameters: dict[str, Any]) -> None:
    assert results(opened(client, "en", q="migration", **parameters)) == results(opened(client, "en", q="migration"))


def test_pages_keep_the_search_and_end_at_the_last(client: Client) -> None:
    first = opened(client, "en", q="migration", type="news", sort="newest")
    following = first.xpath("//a[@rel='next']/@href")[0]
    assert following == "?q=migration&type=news&sort=newest&page=2"
    last = opened(client, "en", q="migration", type="news", sort="newest", page="40")
    assert results(last)
    assert not last.xpath("//a[@rel='next']")
    assert all_results(client, "en", q="migration", type="news", sort="newest")[-1] == results(last)[-1]


def test_order_is_by_date_where_asked_for(client: Client) -> None:
    newest = all_results(client, "en", q="migration", type="news", sort="newest")
    assert newest == all_results(client, "en", q="migration", type="news", sort="oldest")[::-1]


def test_text_of_a_page_stays_text(client: Client, quokkas: Any) -> None:
    body = client.get("/en/search/", {"q": "quokka"}).content.decode()
    assert "<mark>Quokkas</mark> &amp; &lt;b&gt;wallabies&lt;/b&gt;" in body
    assert "<b>wallabies" not in body


def test_result_found_by_another_languages_text_says_so(client: Client, quokkas: Any) -> None:
    document = opened(client, "ar", q="quokkas")
    arabic = NewsPage.objects.get(translation_key=quokkas.translation_key, locale__language_code="ar")
    assert results(document) == [arabic.url]
    assert document.xpath("//*[@class='result__mark']")


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "ar"), ("ar", "en")])
def test_results_in_other_languages_are_offered(client: Client, language: str, other: str) -> None:
    document = opened(client, language, q="IDPs")
    link = document.xpath(f"//main//a[@hreflang='{other}']")[0]
    there = html.fromstring(client.get(link.get("href")).content)
    assert there.get("lang") == other
    assert results(there)


def test_misspelt_word_is_corrected_by_a_link(client: Client, quokkas: Any) -> None:
    document = opened(client, "en", q="walabies")
    link = document.xpath("//main//a[contains(@href, 'wallabies')]")[0]
    assert len(results(html.fromstring(client.get("/en/search/" + link.get("href")).content))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_that_finds_nothing_offers_a_way_on(client: Client, language: str) -> None:
    document = opened(client, language, q="xylophone", type="news")
    assert results(document) == []
    ways = document.get_element_by_id("main").xpath(".//a/@href")
    assert "?q=xylophone" in ways
    menu = document.xpath("//nav[contains(@class,'menu')]//a/@href | //div[contains(@class,'menu')]//a/@href")
    assert set(menu) & set(ways)


def test_number_of_a_publication_shows_it_first_and_says_so(client: Client) -> None:
    page = PublicationPage.objects.filter(locale__language_code="en").exclude(isbn="").first()
    assert page is not None
    document = opened(client, "en", q=page.isbn)
    assert results(document)[0] == page.url
    assert "This is what the number stands for." in text_of(document)


def test_page_says_when_the_simpler_engine_answered(client: Client, settings: LazySettings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    document = opened(client, "en", q="migration")
    assert len(results(document)) == 10
    assert "The search is limited at the moment" in text_of(document)


def test_page_without_words_shows_its_own_text(client: Client) -> None:
    for text in ("", "   ", "\t"):
        document = opened(client, "en", q=text)
        assert results(document) == []
        assert "what we do" in text_of(document)
        assert not document.xpath("//meta[@name='robots']")


def test_results_need_few_queries_and_no_page_of_theirs(client: Client) -> None:
    counts = []
    for parameters in ({"q": "migration"}, {"q": "migration", "type": "programme"}, {"q": "quokka"}):
        client.get("/en/search/", parameters)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/search/", parameters)
        counts.append(len(captured))
        tables = ("news_newspage", "home_programmepage", "research_publicationpage")
        assert not [query for query in captured.captured_queries if any(table in query["sql"] for table in tables)]
    assert max(counts) <= 24, counts
