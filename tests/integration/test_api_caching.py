"""ETags depend on everything that an answer is made from; an unchanged answer costs one query, others a few."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Topic
from home.models import ProgrammePage
from news.models import NewsPage
from publishing.models import PublishedDocument, Sequence
from research.models import PublicationPage

pytestmark = pytest.mark.django_db


def asked(client: Client, address: str, **headers: str) -> tuple[Any, int]:
    """Return the answer and the number of its queries."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return response, len(captured)


def some_item(kind: str = "publication") -> str:
    row = PublishedDocument.objects.filter(type=kind, locale="en", removal="").order_by("seq").first()
    assert row is not None
    return f"/api/v1/items/{row.content_id}?locale=en"


def copies_of_a_document(number: int) -> None:
    """Create a number of copies of a document, to have many more than in the sample content."""
    row = PublishedDocument.objects.filter(type="news", locale="en", removal="").first()
    assert row is not None
    last = PublishedDocument.objects.latest("seq").seq
    rows = []
    for place in range(number):
        another = copy(row)
        another.pk, another.content_id, another.seq = None, uuid4(), last + place + 1
        rows.append(another)
    PublishedDocument.objects.bulk_create(rows)
    Sequence.objects.get(pk=1).save()


CHEAP = [
    ("/api/v1/items", 2), ("/api/v1/items?limit=100", 2), ("/api/v1/items?limit=100&locale=ar&fallback=en", 2),
    ("/api/v1/news?limit=100&topic=migration-health&country=EGY&view=full", 3), ("/api/v1/items?limit=0", 1),
    ("/api/v1/items?limit=20&facets=country,type,year", 3),
    ("/api/v1/items?limit=100&facets=country,topic,type,year", 4),
    ("/api/v1/changes?limit=500", 2), ("/api/v1/changes?limit=500&include=full", 2), ("/api/v1/feeds/news.json", 3),
    ("/api/v1/feeds/news.atom", 3), ("/api/v1/", 2), ("/api/v1/vocabularies/topics", 1), ("/api/v1/openapi.json", 1),
    ("/api/v1/docs", 1), ("/api/v1/items?bogus=1", 0), ("/api/v1/resolve?url=/en/", 1),
]  # fmt: skip


@pytest.mark.parametrize("many", [0, 600])
def test_an_answer_takes_few_queries_however_much_there_is(client: Client, many: int) -> None:
    """Queries whose results a process keeps while nothing is published are not counted."""
    copies_of_a_document(many)
    for address, _ in CHEAP:
        client.get(address)
    queries = {address: asked(client, address)[1] for address, _ in CHEAP}
    assert {address: number for address, number in queries.items() if number > dict(CHEAP)[address]} == {}


@pytest.mark.parametrize("rest", ["", ".jsonld", "/translations"])
@pytest.mark.parametrize("kind", ["page", "news", "publication", "programme", "press_release"])
def test_an_item_takes_one_query(client: Client, kind: str, rest: str) -> None:
    path, _, query = some_item(kind).partition("?")
    address = f"{path}{rest}" + ("" if rest == "/translations" else f"?{query}")
    response, queries = asked(client, address)
    assert (response.status_code, queries) == (200, 1)


@pytest.mark.parametrize(
    "address",
    ["/api/v1/items", "/api/v1/news?limit=100&topic=migration-health&locale=ar",
     "/api/v1/items?facets=country,topic,type",
     "/api/v1/items?locale=ar&fallback=en", "/api/v1/feeds/publications.atom?locale=ar", "/api/v1/feeds/news.json",
     "/api/v1/vocabularies/topics", "/api/v1/", "/api/v1/docs", "/api/v1/resolve?url=/fr/", "item", "jsonld"],
)  # fmt: skip
def test_what_is_unchanged_is_304_for_one_query(client: Client, address: str) -> None:
    address = {"item": some_item(), "jsonld": some_item().replace("?", ".jsonld?")}.get(address, address)
    first = client.get(address)
    for method in (client.get, client.head):
        with CaptureQueriesContext(connection) as captured:
            again = method(address, headers={"If-None-Match": f'"x", {first["ETag"]}'})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        # The root contains the terms of use, which are in the office settings.
        assert len(captured) <= (2 if address == "/api/v1/" else 1)
    assert client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_asking_for_changes_again_is_304_until_there_are_some(client: Client) -> None:
    since = client.get("/api/v1/changes").json()["next_since"]
    address = f"/api/v1/changes?since={since}"
    first = client.get(address)
    again, queries = asked(client, address, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, queries) == (304, 1)
    NewsPage.objects.filter(locale__language_code="en").first().unpublish()
    later = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert {change["op"] for change in later.json()["changes"]} == {"delete", "upsert"}


def test_cursor_from_before_a_restored_backup_is_410(client: Client, settings: Any) -> None:
    since = client.get("/api/v1/changes").json()["next_since"]
    settings.CHANGE_FEED_EPOCH = "restored"
    refused = client.get("/api/v1/changes", {"since": since})
    assert (refused.status_code, refused.json()["snapshot_url"]) == (410, "/api/v1/changes")
    assert client.get("/api/v1/changes").status_code == 200


def test_if_modified_since_is_for_single_contents_and_yields_to_the_etag(client: Client) -> None:
    address = some_item()
    modified = client.get(address)["Last-Modified"]
    assert client.get(address, headers={"If-Modified-Since": modified}).status_code == 304
    both = {"If-Modified-Since": modified, "If-None-Match": '"another"'}
    assert client.get(address, headers=both).status_code == 200
    # The youngest of a list may leave it, and the list is another though nothing in it is newer.
    listed = client.get("/api/v1/items")["Last-Modified"]
    assert client.get("/api/v1/items", headers={"If-Modified-Since": listed}).status_code == 200


def rename_topic(content_id: UUID) -> None:
    page = PublicationPage.objects.get(translation_key=content_id, locale__language_code="en")
    topic = page.topics.first() or Topic.objects.earliest("pk")
    page.topics = [topic]
    page.save_revision().publish()
    topic.names = {"en": "Another name"}
    topic.save()


def edit_file(content_id: UUID) -> None:
    page = PublicationPage.objects.get(translation_key=content_id, locale__language_code="en")
    file = page.files.first().document
    file.sha256 = "0" * 64
    file.save()


def edit_translation(content_id: UUID) -> None:
    page = PublicationPage.objects.filter(translation_key=content_id).exclude(locale__language_code="en").first()
    page.title = "Un autre titre"
    page.save_revision().publish()


def rename_parent(content_id: UUID) -> None:
    parent = PublicationPage.objects.get(translation_key=content_id, locale__language_code="en").get_parent().specific
    parent.slug = "other-research"
    parent.save_revision().publish()


def restrict_translation(content_id: UUID) -> None:
    page = PublicationPage.objects.filter(translation_key=content_id).exclude(locale__language_code="en").first()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("change", [rename_topic, edit_file, edit_translation, rename_parent, restrict_translation])
def test_an_items_etag_and_every_list_with_it_follow_what_it_is_made_from(
    client: Client, change: Callable[[UUID], None]
) -> None:
    row = (
        PublishedDocument.objects.filter(type="publication", locale="en", removal="")
        .filter(full__contains='"locale":"ar"', card__contains='"alternates":[{')
        .first()
    )
    assert row is not None
    addresses = [
        f"/api/v1/items/{row.content_id}", f"/api/v1/items/{row.content_id}.jsonld", "/api/v1/items",
        f"/api/v1/items/{row.content_id}/translations", "/api/v1/publications", "/api/v1/feeds/publications.json",
        "/api/v1/feeds/publications.atom", "/api/v1/items?facets=topic",
    ]  # fmt: skip
    before = {address: client.get(address) for address in addresses}
    change(row.content_id)
    for address in addresses:
        after = client.get(address, headers={"If-None-Match": before[address]["ETag"]})
        assert after.status_code == 200, address
        assert after["ETag"] != before[address]["ETag"]


@pytest.mark.parametrize("path", ["items?", "news?"])
def test_a_list_is_new_when_another_language_takes_the_place_of_one_that_expired(
    client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/{path}locale=en&fallback=ar&limit=100"
    before = client.get(address)
    # Not the one that changed last, which any list tells by its `seq`.
    items = [item for item in before.json()["items"] if any(other["locale"] == "ar" for other in item["alternates"])]
    oldest = min(items, key=lambda item: item["seq"])
    rows = PublishedDocument.objects.filter(content_id=oldest["content_id"], locale="en")
    soon = timezone.now() + timedelta(hours=1)
    rows.update(expires_at=soon)
    Sequence.objects.get(pk=1).save()
    before = client.get(address)
    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(seconds=1))
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    shown = {item["content_id"]: item["locale"] for item in after.json()["items"]}
    assert shown[oldest["content_id"]] == "ar"


def test_a_search_is_new_when_another_language_takes_the_place_of_one_that_is_unpublished(client: Client) -> None:
    address = "/api/v1/search?q=الهجرة&locale=en&fallback=ar&limit=100"
    before = client.get(address)
    news = [item for item in before.json()["items"] if item["type"] == "news" and item["locale"] == "en"]
    item = next(item for item in news if any(other["locale"] == "ar" for other in item["alternates"]))
    NewsPage.objects.get(translation_key=item["content_id"], locale__language_code="en").unpublish()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    shown = {item["content_id"]: item["locale"] for item in after.json()["items"]}
    assert shown[item["content_id"]] == "ar"


def test_a_facets_list_is_new_when_a_count_outside_of_it_changes(client: Client) -> None:
    address = "/api/v1/items?type=publication&facets=type"
    before = client.get(address)
    NewsPage.objects.filter(locale__language_code="en").first().unpublish()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["facets"] != before.json()["facets"]
    assert after.json()["items"] == before.json()["items"]


def test_editing_a_picture_changes_what_shows_it(client: Client) -> None:
    page = ProgrammePage.objects.filter(locale__language_code="en").exclude(lead_image=None).first()
    address = f"/api/v1/items/{page.translation_key}"
    before = client.get(address)
    page.lead_image.credit = "Somebody else"
    page.lead_image.save()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.json()["lead_image"]["credit"] == "Somebody else"


def test_renaming_a_topic_changes_its_vocabulary(client: Client) -> None:
    before = client.get("/api/v1/vocabularies/topics")
    topic = Topic.objects.first()
    assert topic is not None
    topic.names = {"ar": "اسم آخر"}
    topic.save()
    after = client.get("/api/v1/vocabularies/topics", headers={"If-None-Match": before["ETag"]})
    assert {"code": topic.slug, "labels": topic.names | {"ar": "اسم آخر"}} in after.json()["terms"]


def test_shared_caches_may_keep_answers_and_only_short_what_is_missing(client: Client) -> None:
    good = client.get("/api/v1/items")
    assert good["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400"
    assert set(good["Vary"].split(", ")) == {"Accept", "Accept-Encoding"}
    assert client.get("/api/v1/items?x=1")["Cache-Control"] == "no-store"
    assert client.get(f"/api/v1/items/{uuid4()}")["Cache-Control"] == "public, max-age=30"
    assert client.get("/api/v1/changes")["Cache-Control"] == "no-cache"
