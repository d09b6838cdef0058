"""Items, feeds, changes and webhooks narrowed to a country, a topic or a programme."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from home.models import ProgrammePage
from news.models import NewsPage
from publishing.models import PublishedDocument, WebhookDelivery, WebhookSubscription

pytestmark = pytest.mark.django_db


def news(number: int = 0) -> NewsPage:
    page: NewsPage = NewsPage.objects.filter(locale__language_code="en", live=True).order_by("pk")[number]
    return page


def about(page: NewsPage, *countries: str) -> None:
    page.countries = list(countries)
    page.save_revision().publish()


def programme() -> ProgrammePage:
    page: ProgrammePage = ProgrammePage.objects.filter(locale__language_code="en", live=True).first()
    return page


def link_to(page: NewsPage, target: ProgrammePage) -> None:
    page.body = [("rich_text", f'<p><a linktype="page" id="{target.pk}">It</a></p>')]
    page.save_revision().publish()


def ids(items: list[dict[str, Any]]) -> set[str]:
    return {item["content_id"] for item in items}


def copy_of(client: Client, query: str) -> tuple[dict[tuple[str, str], Any], str]:
    answer = client.get(f"/api/v1/changes?{query}").json()
    assert not answer["has_more"]
    held = {(change["content_id"], change["locale"]): change for change in answer["changes"]}
    assert {change["op"] for change in answer["changes"]} <= {"upsert"}
    return held, answer["next_since"]


def test_items_and_feeds_are_narrowed_to_a_programme_as_the_search_is(client: Client) -> None:
    page, target = news(), programme()
    link_to(page, target)
    found = client.get(f"/api/v1/items?programme={target.translation_key}&limit=100").json()["items"]
    assert {str(page.translation_key), str(target.translation_key)} <= ids(found)
    without = client.get("/api/v1/items?programme=_none&limit=100").json()["items"]
    assert not ids(without) & ids(found)
    feed = client.get(f"/api/v1/feeds/news.json?programme={target.translation_key}").json()
    assert any(str(page.translation_key) in item["id"] for item in feed["items"])
    assert target.title in feed["title"]
    assert f"programme={target.translation_key}" in feed["feed_url"]


def test_feeds_are_narrowed_to_a_country(client: Client) -> None:
    about(news(), "DJI")
    feed = client.get("/api/v1/feeds/news.json?country=DJI").json()
    assert len(feed["items"]) == 1
    assert "Djibouti" in feed["title"]


@pytest.mark.parametrize("address", ["items", "feeds/news.json", "feeds/news.atom", "changes", "search"])
@pytest.mark.parametrize(
    "query", ["programme=00000000-0000-4000-8000-000000000000", "country=XXX", "topic=there-is-none"]
)
def test_what_names_nothing_is_refused_everywhere(client: Client, address: str, query: str) -> None:
    words = "&q=migration" if address == "search" else ""
    assert client.get(f"/api/v1/{address}?{query}{words}").status_code == 404


def test_contradictions_are_refused_everywhere(client: Client) -> None:
    for address in ("items", "changes"):
        assert client.get(f"/api/v1/{address}?country=DJI,-DJI").status_code == 409


def test_a_narrowed_copy_stays_exact(client: Client) -> None:
    stays, leaves, enters = news(0), news(1), news(2)
    for page in (stays, leaves):
        about(page, "DJI")
    held, since = copy_of(client, "country=DJI&locale=en")
    assert {content for content, _ in held} == {str(page.translation_key) for page in (stays, leaves)}
    about(leaves, "EGY")
    about(enters, "DJI")
    answer = client.get("/api/v1/changes", {"country": "DJI", "locale": "en", "since": since}).json()
    for change in answer["changes"]:
        held.pop((change["content_id"], change["locale"]), None)
        if change["op"] == "upsert":
            held[change["content_id"], change["locale"]] = change
    assert {content for content, _ in held} == {str(page.translation_key) for page in (stays, enters)}
    left = next(change for change in answer["changes"] if change["content_id"] == str(leaves.translation_key))
    assert (left["op"], left["reason"]) == ("delete", "not_selected")


def test_a_cursor_belongs_to_its_filters(client: Client) -> None:
    since = client.get("/api/v1/changes?country=EGY").json()["next_since"]
    assert client.get("/api/v1/changes", {"country": "EGY", "since": since}).status_code == 200
    assert client.get("/api/v1/changes", {"since": since}).status_code == 409


def told(subscription: WebhookSubscription) -> list[tuple[str, str]]:
    rows = WebhookDelivery.objects.filter(subscription=subscription).order_by("seq")
    return [(row.event, "not_selected" if '"reason":"not_selected"' in row.body else "") for row in rows]


def test_webhooks_are_narrowed_to_a_country() -> None:
    only = WebhookSubscription.objects.create(
        name="Only Djibouti", url="https://www.example.org/", countries=["DJI"], locales=["en"]
    )
    page = news()
    about(page, "EGY")
    assert told(only) == []
    about(page, "DJI")
    about(page, "EGY")
    assert told(only) == [("content.upserted", ""), ("content.deleted", "not_selected")]
    about(page, "JOR")
    page.unpublish()
    assert len(told(only)) == 2


def test_webhooks_are_narrowed_to_a_programme_and_told_of_what_is_withdrawn() -> None:
    target = programme()
    only = WebhookSubscription.objects.create(
        name="One programme", url="https://www.example.org/", programmes=[str(target.translation_key)], locales=["en"]
    )
    link_to(news(), target)
    news().unpublish()
    assert [event for event, _ in told(only)] == ["content.upserted", "content.deleted"]
    assert PublishedDocument.objects.filter(removal="unpublished").exists()
