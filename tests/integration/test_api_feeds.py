"""Feeds and linked data: what feed readers, search engines and libraries read."""

from __future__ import annotations

from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from news.models import NewsPage
from publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = {"news": "news", "press-releases": "press-releases", "publications": "publications", "events": "events"}


def all_items(client: Client, name: str, language: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"/api/v1/{name}?locale={language}&limit=100&view=full").json()["items"]
    return items


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("name", FEEDS)
def test_json_feed_holds_every_content_once_page_by_page(client: Client, name: str, language: str) -> None:
    address: str | None = f"/api/v1/feeds/{name}.json?locale={language}"
    found: list[dict[str, Any]] = []
    while address:
        response = client.get(address)
        feed = response.json()
        assert response["Content-Type"] == "application/feed+json"
        assert response["Content-Language"] == feed["language"] == language
        assert feed["feed_url"] == f"http://testserver/api/v1/feeds/{name}.json?locale={language}"
        assert client.get(feed["home_page_url"]).status_code == 200
        found += feed["items"]
        address = feed.get("next_url")
    items = all_items(client, name, language)
    assert [item["url"] for item in found] == [item["html_url"] for item in items]
    assert [item["id"] for item in found] == [f"urn:uuid:{item['content_id']}:{language}" for item in items]
    assert [item["date_published"] for item in found] == [item["published_at"] for item in items]
    assert {item["language"] for item in found} <= {language}


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize("name", FEEDS)
def test_atom_feed_holds_every_content_once_page_by_page(client: Client, name: str, language: str) -> None:
    address: str | None = f"/api/v1/feeds/{name}.atom?locale={language}"
    links: list[str] = []
    while address:
        response = client.get(address)
        assert response["Content-Type"] == "application/atom+xml"
        root = ElementTree.fromstring(response.content)
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        for entry in root.iter(f"{ATOM}entry"):
            links += [str(link.get("href")) for link in entry.findall(f"{ATOM}link")]
            assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
            assert entry.findtext(f"{ATOM}updated")
        relations = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert relations["self"] == f"http://testserver/api/v1/feeds/{name}.atom?locale={language}"
        address = relations.get("next")
    assert links == [item["html_url"] for item in all_items(client, name, language)]


def test_a_feed_keeps_the_id_of_a_page_that_is_renamed(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    page.slug, page.title = "renamed", "Renamed \x0b <b>&amp;"
    page.save_revision().publish()
    feed = client.get("/api/v1/feeds/news.json").json()
    assert f"urn:uuid:{page.translation_key}:en" in [item["id"] for item in feed["items"]]
    assert ElementTree.fromstring(client.get("/api/v1/feeds/news.atom").content) is not None


def linked_data(client: Client, content_id: object, language: str) -> dict[str, Any]:
    response = client.get(f"/api/v1/items/{content_id}.jsonld?locale={language}")
    assert response["Content-Type"] == "application/ld+json"
    found: dict[str, Any] = response.json()
    return found


def test_linked_data_names_the_source_and_its_translations_both_ways(client: Client) -> None:
    rows = PublishedDocument.objects.filter(removal="", type__in=("news", "publication", "press_release"))
    seen = 0
    for row in rows:
        item = client.get(f"/api/v1/items/{row.content_id}?locale={row.locale}").json()
        data = linked_data(client, row.content_id, row.locale)
        assert (data["inLanguage"], data["@id"]) == (row.locale, item["html_url"])
        if item["translation_status"] != "source" and "translationOfWork" in data:
            source = linked_data(client, row.content_id, data["translationOfWork"]["inLanguage"])
            assert {"@id": data["@id"], "inLanguage": row.locale} in source["workTranslation"]
            seen += 1
    assert seen > 10


def test_linked_data_of_a_publication_identifies_it_as_libraries_do(client: Client) -> None:
    row = (
        PublishedDocument.objects.filter(type="publication", locale="en", removal="")
        .exclude(card__contains='"isbn":null')
        .first()
    )
    assert row is not None
    item = client.get(f"/api/v1/items/{row.content_id}").json()
    data = linked_data(client, row.content_id, "en")
    identifiers = {entry["propertyID"]: entry["value"] for entry in data["identifier"]}
    assert data["@type"] == "Report"
    assert identifiers["UUID"] == f"urn:uuid:{row.content_id}"
    assert (identifiers.get("ISBN"), identifiers.get("DOI")) == (item["isbn"], item["doi"])
    assert [author["name"] for author in data.get("author", [])] == [author["name"] for author in item["authors"]]
    assert [file["contentUrl"] for file in data["encoding"]] == [file["url"] for file in item["files"]]
    assert data["datePublished"] == item["issued"]


@pytest.mark.parametrize(
    ("kind", "type_"), [("news", "NewsArticle"), ("press_release", "NewsArticle"), ("page", "WebPage")]
)
def test_linked_data_has_the_type_of_the_content(client: Client, kind: str, type_: str) -> None:
    row = PublishedDocument.objects.filter(type=kind, removal="").first()
    assert row is not None
    assert linked_data(client, row.content_id, row.locale)["@type"] == type_


def test_an_item_links_to_its_linked_data(client: Client) -> None:
    item = client.get("/api/v1/items?limit=1").json()["items"][0]
    address = f"http://testserver/api/v1/items/{item['content_id']}.jsonld?locale=en"
    assert f'<{address}>; rel="alternate"; type="application/ld+json"' in client.get(item["api_url"])["Link"]
