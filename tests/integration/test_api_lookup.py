"""Contents by their DOI, ISBN, slug or ids, and lists as CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from core.text.csv_text import csv_line
from core.text.identifiers import normal_doi, normal_isbn
from news.models import NewsPage
from publishing.models import PublishedDocument
from research.models import PublicationPage

pytestmark = pytest.mark.django_db
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def publication(**values: str) -> PublicationPage:
    page: PublicationPage = PublicationPage.objects.filter(locale__language_code="en", live=True).first()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def lookup(client: Client, **query: str) -> Any:
    return client.get("/api/v1/lookup", query)


def table(response: Any) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(StringIO(text[1:])))


@pytest.mark.parametrize(
    "doi",
    [
        "10.1234/AbC.5",
        "10.1234/abc.5",
        "https://doi.org/10.1234/ABC.5",
        "doi:10.1234/abc.5",
        "http://dx.doi.org/10.1234%2Fabc.5",
    ],
)
def test_a_publication_is_found_by_its_doi_however_it_is_written(client: Client, doi: str) -> None:
    page = publication(doi="10.1234/AbC.5")
    items = lookup(client, doi=doi).json()["items"]
    assert {item["content_id"] for item in items} == {str(page.translation_key)}
    assert {"locale", "type", "title", "html_url", "api_url"} < set(items[0])


@pytest.mark.parametrize("isbn", ["0-306-40615-2", "0306406152", "978-0-306-40615-7", "9780306406157"])
def test_a_publication_is_found_by_its_isbn_of_ten_or_thirteen_digits(client: Client, isbn: str) -> None:
    page = publication(isbn="978-0-306-40615-7")
    assert lookup(client, isbn=isbn).json()["items"][0]["content_id"] == str(page.translation_key)


def test_contents_are_found_by_their_slug_in_every_language(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    rows = PublishedDocument.objects.filter(card__contains=f'"slug":"{page.slug}"', removal="")
    found = {(item["content_id"], item["locale"]) for item in lookup(client, slug=page.slug).json()["items"]}
    assert found == {(str(row.content_id), row.locale) for row in rows}


def test_what_is_not_public_is_not_found(client: Client) -> None:
    page = publication(doi="10.1234/withdrawn")
    for version in page.get_translations(inclusive=True):
        version.unpublish()
    assert lookup(client, doi="10.1234/withdrawn").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"doi": "10.9999/none"}, 404),
        ({"isbn": "978-0-306-40615-7"}, 404),
        ({"slug": "nothing"}, 404),
        ({"isbn": "978-0-306-40615-8"}, 400),
        ({"doi": "not a doi"}, 400),
        ({}, 400),
        ({"doi": "10.1/a", "slug": "a"}, 409),
        ({"url": "/en/"}, 400),
    ],
)
def test_a_look_up_that_cannot_be_answered_says_why(client: Client, query: dict[str, str], status: int) -> None:
    assert lookup(client, **query).status_code == status


def test_normal_forms() -> None:
    assert normal_doi(" https://DOI.org/10.1/A(b) ") == "10.1/a(b)"
    assert normal_isbn("0-306-40615-X") == ""


def test_a_batch_keeps_its_order_and_names_what_is_missing(client: Client) -> None:
    ids = [item["content_id"] for item in client.get("/api/v1/items?limit=4").json()["items"]]
    wanted = [ids[2], UNKNOWN, ids[0], ids[3].upper(), ids[2]]
    answer = client.get("/api/v1/items", {"ids": ",".join(wanted)}).json()
    assert [item["content_id"] for item in answer["items"]] == [ids[2], ids[0], ids[3]]
    assert answer["meta"]["missing"] == [UNKNOWN]
    assert (answer["meta"]["total"], answer["links"]["next"]) == (3, None)


def test_a_batch_falls_back_where_that_is_asked_for(client: Client) -> None:
    ids = "ae3da369-616c-56ef-905b-6e0f7a40e93b"
    assert client.get(f"/api/v1/items?ids={ids}&locale=fr").json()["meta"]["missing"] == [ids]
    item = client.get(f"/api/v1/items?ids={ids}&locale=fr&fallback=en&view=full").json()["items"][0]
    assert (item["locale"], item["is_fallback"]) == ("en", True)


def test_a_batch_is_at_most_a_hundred_and_takes_no_filters(client: Client) -> None:
    assert client.get("/api/v1/items", {"ids": ",".join([UNKNOWN] * 100)}).status_code == 200
    assert client.get("/api/v1/items", {"ids": ",".join([UNKNOWN] * 101)}).status_code == 400
    for more in ("topic=x", "sort=title", "limit=5", "type=news", "published_from=2026-01-01", "facets=type"):
        response = client.get(f"/api/v1/items?ids={UNKNOWN}&{more}")
        assert response.status_code == 409
        assert response.json()["errors"][0]["parameter"] == more.partition("=")[0]


def test_a_list_is_csv_for_those_who_ask_for_it(client: Client) -> None:
    as_json = client.get("/api/v1/news?limit=100").json()["items"]
    for response in (client.get("/api/v1/news?format=csv"), client.get("/api/v1/news", headers={"accept": "text/csv"})):
        head, *rows = table(response)
        title = head.index("title")
        assert [row[title] for row in rows] == [item["title"] for item in as_json]
        assert "Accept" in response["Vary"]
        assert response["Content-Disposition"] == 'attachment; filename="news.en.csv"'
    assert client.get("/api/v1/news?format=json", headers={"accept": "text/csv"})["Content-Type"] == "application/json"
    assert "Accept" in client.get("/api/v1/news")["Vary"]


def test_csv_has_the_same_filters_columns_and_cursors(client: Client) -> None:
    first = client.get("/api/v1/items?type=news&limit=3&format=csv&fields=title,content_id")
    head, *rows = table(first)
    assert (head, len(rows)) == (["title", "content_id"], 3)
    following = first["Link"].split("<")[-1].partition(">")[0]
    assert 'rel="next"' in first["Link"]
    assert (
        table(client.get(following))[1:]
        == table(client.get("/api/v1/items?type=news&fields=title,content_id&format=csv"))[4:7]
    )
    cursor = client.get("/api/v1/items?type=news&limit=3").json()["meta"]["next_cursor"]
    rest = table(
        client.get("/api/v1/items", {"type": "news", "cursor": cursor, "format": "csv", "fields": "content_id"})
    )
    assert len(rest) - 1 == client.get("/api/v1/items?type=news&limit=0").json()["meta"]["total"] - 3


def test_csv_of_all_is_asked_for_a_page_at_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.lists._AT_ONCE", 2)
    total = client.get("/api/v1/items?limit=0").json()["meta"]["total"]
    ids = [row[0] for row in table(client.get("/api/v1/items?format=csv"))[1:]]
    assert len(ids) == len(set(ids)) == total


def test_csv_is_not_sent_again_to_those_who_have_it(client: Client) -> None:
    tag = client.get("/api/v1/news?format=csv")["ETag"]
    assert client.get("/api/v1/news?format=csv", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/api/v1/news?format=json", headers={"if-none-match": tag}).status_code == 200
    assert client.head("/api/v1/news?format=csv").getvalue() == b""


@pytest.mark.parametrize("query", ["format=csv&view=full", "format=csv&facets=type"])
def test_csv_with_what_it_cannot_hold_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/items?{query}").status_code == 409


def test_no_cell_acts_as_a_formula(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    page.title = '=HYPERLINK("https://www.example.org")'
    page.save_revision().publish()
    titles = [row[0] for row in table(client.get("/api/v1/news?format=csv&fields=title"))]
    assert "'" + page.title in titles
    assert page.title not in titles
    assert csv_line(["\u200b@x", "-1", -1, None]) == "'\u200b@x,'-1,-1,\r\n"


def test_day_on_which_a_publication_was_revised_is_told(client: Client) -> None:
    page: PublicationPage = PublicationPage.objects.filter(locale__language_code="en", live=True).first()
    page.date_revised = date(2026, 2, 3)
    page.save_revision().publish()
    item = client.get(f"/api/v1/items/{page.translation_key}", {"locale": "en"}).json()
    assert item["revised"] == "2026-02-03"
