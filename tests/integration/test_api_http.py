"""HTTP features are the same for every kind of answer: compression, validators, and refusals in the API's own words."""

from __future__ import annotations

import gzip
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from api.problems import LONGEST_ADDRESS
from publishing.models import PublishedDocument
from tests.integration.test_api_errors import named, problem

pytestmark = pytest.mark.django_db

LETTERS = "رسالة-طويلة" * 20


def some_content(kind: str = "publication") -> str:
    row = PublishedDocument.objects.filter(type=kind, locale="en", removal="").earliest("seq")
    return str(row.content_id)


ADDRESSES = {
    "application/json": "/api/v1/items?limit=100",
    "application/feed+json": "/api/v1/feeds/news.json",
    "application/ld+json": "/api/v1/items/{}.jsonld",
    "application/atom+xml": "/api/v1/feeds/news.atom",
    "application/rss+xml": "/api/v1/feeds/news.rss",
    "text/html": "/api/v1/docs",
}


@pytest.mark.parametrize("media_type", ADDRESSES)
def test_every_kind_of_answer_is_compressed_and_validated_in_that_form(client: Client, media_type: str) -> None:
    address = ADDRESSES[media_type].format(some_content())
    plain = client.get(address)
    compressed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert compressed["Content-Type"].partition(";")[0] == media_type
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert compressed["ETag"] == f"W/{plain['ETag']}"
    for asked, headers in ((plain, {}), (compressed, {"Accept-Encoding": "gzip"})):
        again = client.get(address, headers={**headers, "If-None-Match": asked["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, asked["ETag"])


def test_problems_are_compressed(client: Client) -> None:
    response = client.get("/api/v1/items?bogus=1&limit=x", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(response.content))["status"] == 400


def test_a_snapshot_is_sent_in_a_fifth_of_its_size(client: Client) -> None:
    address = "/api/v1/changes?include=full&limit=500"
    compressed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert len(compressed.content) * 5 < len(client.get(address).content)


@pytest.mark.parametrize("accept", ["application/xml", "text/xml;q=0.5"])
def test_feeds_are_xml_to_those_who_know_no_feeds(client: Client, accept: str) -> None:
    assert client.get("/api/v1/feeds/news.atom", headers={"Accept": accept}).status_code == 200
    assert client.get("/api/v1/feeds/news.json", headers={"Accept": accept}).status_code == 406


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("published_from=2026-02-01&published_to=2026-01-31", "published_to"),
        ("updated_from=2026-02-01&updated_to=2026-01-31", "updated_to"),
        ("country=EGY,JOR,-EGY", "country"),
        ("topic=migration-health&topic=-migration-health", "topic"),
        ("year=2026,-2026", "year"),
    ],
)
@pytest.mark.parametrize("path", ["items?", "news?", "search?q=x&"])
def test_parameters_that_contradict_each_other_are_refused(client: Client, path: str, query: str, name: str) -> None:
    found = problem(client.get(f"/api/v1/{path}{query}"), 409)
    assert found["type"].endswith("/contradicting-parameters")
    assert named(found) == {name}


def test_contradictions_in_a_body_are_refused_by_their_place(client: Client) -> None:
    body = json.dumps({"q": "x", "published_from": "2026-02-01", "published_to": "2026-01-01"})
    response = client.generic("POST", "/api/v1/search", body, content_type="application/json")
    assert named(problem(response, 409)) == {"/published_to"}


def test_a_cursor_without_a_page_is_refused(client: Client) -> None:
    cursor = client.get("/api/v1/items?limit=1").json()["meta"]["next_cursor"]
    assert named(problem(client.get(f"/api/v1/items?limit=0&cursor={cursor}"), 409)) == {"cursor"}


def test_what_has_no_date_is_counted_and_can_be_listed(client: Client) -> None:
    PublishedDocument.objects.filter(type="page", locale="en")[0].facets.filter(name="year").delete()
    counted = client.get("/api/v1/items?limit=0&facets=year").json()["facets"]["year"]["missing"]
    assert counted == client.get("/api/v1/items?limit=0&year=_none").json()["meta"]["total"] == 1


@pytest.mark.parametrize("number", [1500, 12_000])
def test_a_great_number_of_parameters_is_refused(client: Client, number: int) -> None:
    problem(client.get("/api/v1/items?" + "a&" * number))


def resolved(client: Client, url: str) -> Any:
    return client.get("/api/v1/resolve", {"url": url})


@pytest.mark.parametrize("start", ["http://testserver", "https://testserver", "//testserver", "HTTPS://TestServer:443",
                                   "http://testserver.", "https://localhost", ""])  # fmt: skip
def test_an_address_of_the_site_resolves_in_any_scheme(client: Client, start: str) -> None:
    assert resolved(client, f"{start}/fr/contact/").json()["locale"] == "fr"


@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.example/en/", "//elsewhere.example/en/", "https://testserver.elsewhere.example/en/",
     "mailto:a@example.org", "javascript:alert(1)", "en/contact/", "http://[::1/en/", "https:///en/", "?x", "#x",
     "http://testserver@elsewhere.example/en/"],
)  # fmt: skip
def test_an_address_of_another_site_is_400(client: Client, url: str) -> None:
    assert named(problem(resolved(client, url), 400)) == {"url"}


def test_long_arabic_addresses_resolve(client: Client) -> None:
    """Two levels of long Arabic slugs, six bytes a letter, give a 404 (nothing is there) and are not too long."""
    path = f"/ar/{LETTERS}/{LETTERS}/"
    assert len(quote(path)) > 2000
    for url in (path, quote(path), f"https://testserver{quote(path)}"):
        assert problem(resolved(client, url), 404)["type"].endswith("/not-found")
    assert problem(resolved(client, "/" + "x" * 7999), 404)
    assert named(problem(resolved(client, "/" + "x" * 8000), 400)) == {"url"}


def test_every_address_that_the_parameters_allow_is_short_enough(client: Client) -> None:
    """Tries the longest `url`, in letters that take six bytes each and double-encoded."""
    for letter in ("ن", "%D9%86"):
        value = "/" + letter * (7999 // len(letter))
        assert len(quote(value)) < LONGEST_ADDRESS
        problem(resolved(client, value), 404)
    topics = "&".join(["topic=" + ",".join(["migration-health"] * 11)] * 20)
    countries = "&".join(["country=" + ",".join(["EGY"] * 25)] * 20)
    assert client.get(f"/api/v1/search?q={quote('ن' * 200)}&{topics}&{countries}").status_code == 200
