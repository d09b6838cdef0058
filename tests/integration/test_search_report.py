"""Search statistics contain nothing personal, are not kept for ever, and never slow down or break a search."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from publishing.scheduled import Chores
from search.counting.counts import KEPT_DAYS, LEAST_SEARCHES, count_search, purge_counts
from search.counting.models import SearchCount
from search.page import SearchPage

pytestmark = pytest.mark.django_db

REPORT = "/admin/search/report/"


def rows_of(client: Client, **filters: str) -> list[list[str]]:
    document = html.fromstring(client.get(REPORT, filters).content)
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")[:4]]
        for row in document.xpath("//table[contains(@class, 'listing')]/tbody/tr")
    ]


def test_searches_are_counted_by_day_language_and_words(client: Client) -> None:
    for text in ("Quokka  Maps", "quokka maps"):
        client.get("/en/search/", {"q": text})
    client.get(SearchPage.objects.get(locale__language_code="fr").url, {"q": "quokka maps"})
    counted = SearchCount.objects.get(language="en")
    assert (counted.day, counted.text, counted.count) == (timezone.localdate(), "quokka maps", 2)


def test_next_pages_and_filters_are_not_counted_again(client: Client) -> None:
    client.get("/en/search/", {"q": "migration", "page": "2"})
    client.get("/en/search/", {"q": "migration", "type": "news"})
    assert not SearchCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "jane.doe@example.org",
        "call +20 100 200 30 40",
        "passport A1234567",
        "رقم ٠١٢٣٤٥٦٧",
        "word " * 11,
        "x" * 81,
        " ",
    ],
)
def test_text_that_may_name_a_person_is_not_stored(text: str) -> None:
    count_search(text, "en", 0)
    assert not SearchCount.objects.exists()


def test_only_what_the_report_says_is_stored() -> None:
    names = {field.name for field in SearchCount._meta.get_fields()}
    assert names == {"id", "day", "language", "text", "results", "count"}


def test_report_shows_what_was_searched_for_often_enough(editor_client: Client) -> None:
    for number in range(LEAST_SEARCHES):
        count_search("quokka", "en", 0)
        count_search("visa", "fr", 7)
        if number:
            count_search("jane doe", "en", 0)
    assert sorted(rows_of(editor_client)) == [["quokka", "English", "3", "0"], ["visa", "French", "3", "7"]]
    assert rows_of(editor_client, found="nothing") == [["quokka", "English", "3", "0"]]
    assert rows_of(editor_client, found="something") == [["visa", "French", "3", "7"]]


def test_row_leads_to_synonyms_and_recommended_pages(editor_client: Client) -> None:
    for _ in range(LEAST_SEARCHES):
        count_search("quokka", "fr", 0)
    links = html.fromstring(editor_client.get(REPORT).content).xpath(
        "//table[contains(@class, 'listing')]/tbody//a/@href"
    )
    assert links == ["/admin/search/synonyms/new/?in_fr=quokka", "/admin/search/recommended/new/?in_fr=quokka"]


def test_counts_are_forgotten_after_their_time() -> None:
    today = timezone.localdate()
    for age in (0, KEPT_DAYS, KEPT_DAYS + 1):
        day = today - timedelta(days=age)
        SearchCount.objects.create(day=day, language="en", text="quokka", results=0, count=1)
    assert purge_counts() == 1
    assert SearchCount.objects.count() == 2


def test_worker_forgets_counts_as_a_chore() -> None:
    day = timezone.localdate() - timedelta(days=KEPT_DAYS + 1)
    SearchCount.objects.create(day=day, language="en", text="quokka", results=0, count=1)
    chores = Chores(60)
    chores.begin()
    while chores.step():
        pass
    assert not SearchCount.objects.exists()


@pytest.mark.every_engine
def test_a_search_adds_to_the_count_of_its_day_and_says_what_was_found_last() -> None:
    for results in (4, 0, 7):
        count_search("quokka", "en", results)
    count_search("quokka", "ar", 1)
    counted = SearchCount.objects.values_list("language", "count", "results").order_by("language")
    assert list(counted) == [("ar", 1, 1), ("en", 3, 7)]


@pytest.mark.every_engine
def test_search_that_cannot_be_counted_is_answered(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_searchcount RENAME TO search_away")
        assert client.get("/en/search/", {"q": "migration"}).status_code == 200
        cursor.execute("ALTER TABLE search_away RENAME TO search_searchcount")
    assert [record.name for record in caplog.records] == ["search.counting.counts"]
    assert "migration" not in caplog.text
    assert not SearchCount.objects.exists()
