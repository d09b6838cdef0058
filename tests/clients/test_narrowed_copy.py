"""Copies of a part of the content, and the operations of the Python client other than lists."""

from __future__ import annotations

from typing import Any

import pytest

from api.preview import preview_link
from core.models import ContentDocument
from mena_content import Client, DamagedFile, MemoryStore, NotFound, types
from mena_content.client import Narrowing
from news.models import NewsPage
from tests.factories import make_page

from .live import LiveSite
from .operations import news


def news_id() -> str:
    return str(news().translation_key)


def held(store: MemoryStore) -> set[tuple[str, ...]]:
    return {tuple(key) for key in store.entries}


def found(client: Client, **query: Any) -> set[tuple[str, ...]]:
    languages: tuple[types.Locale, ...] = ("ar", "en", "fr")
    cards = [card for locale in languages for card in client.iter_cards(**{**query, "locale": locale})]
    return {(card["content_id"], card["locale"]) for card in cards}


@pytest.mark.parametrize(
    "narrowing",
    [
        {"country": ["EGY", "JOR"]},
        {"country": "-EGY", "type": "publication"},
        {"topic": "labour-migration,human-development"},
        {"role": "content"},
    ],
)
def test_copy_holds_what_its_choice_selects_and_the_second_sync_brings_nothing(
    narrowing: Narrowing, client: Client
) -> None:
    store = MemoryStore()
    client.sync(store, **narrowing)
    assert held(store) == found(client, **narrowing)
    assert held(store)
    again = client.sync(store, **narrowing)
    assert (again.upserted, again.removed, again.started_over) == (0, 0, False)


def test_copy_of_a_programme(client: Client) -> None:
    programme = next(client.iter_cards(type="programme"))["content_id"]
    store = MemoryStore()
    client.sync(store, programme=programme)
    assert held(store) == found(client, programme=programme)


def test_what_leaves_the_choice_leaves_the_copy(client: Client) -> None:
    card = next(card for card in client.iter_cards(type="news", country="EGY"))
    store = MemoryStore()
    client.sync(store, country="EGY", locale="en")
    assert (card["content_id"], "en") in held(store)
    page = NewsPage.objects.get(translation_key=card["content_id"], locale__language_code="en")
    page.countries = ["JOR"]
    page.save_revision().publish()
    assert not client.sync(store, country="EGY", locale="en").started_over
    assert (card["content_id"], "en") not in held(store)


def test_order_of_a_choice_does_not_matter_and_another_choice_begins_anew(client: Client) -> None:
    store = MemoryStore()
    client.sync(store, country="EGY", type="news")
    assert not client.sync(store, type="news", country=["EGY"]).started_over
    assert client.sync(store, type="news").started_over


def test_contents_by_their_ids_in_their_order_however_many(client: Client, live_site: LiveSite) -> None:
    ids = [card["content_id"] for card in client.iter_cards(locale="en")][:60]
    asked = len(live_site.answered)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert [item["content_id"] for item in client.items_by_id([*ids, nobody], locale="en")] == ids
    assert len(live_site.answered) == asked + 2


def test_suggestions_feeds_and_linked_data(client: Client) -> None:
    assert news_id() in {item["content_id"] for item in client.suggest(q="doc", locale="en")}
    feed = client.feed("news", locale="ar")
    assert (feed["language"], feed["version"]) == ("ar", "https://jsonfeed.org/version/1.1")
    assert client.json_ld(news_id())["@type"] == "NewsArticle"


def test_contents_by_doi_isbn_and_slug(client: Client) -> None:
    for item in client.iter_items(type="publication"):
        assert item["type"] == "publication"
        for query in ({"doi": item["doi"]}, {"isbn": item["isbn"]}, {"slug": item["slug"]}):
            if all(query.values()):
                assert item["content_id"] in {one["content_id"] for one in client.lookup(**query)}
    with pytest.raises(NotFound):
        client.lookup(slug="never-there")


def test_draft_of_a_link_is_read_and_not_kept(client: Client, live_site: LiveSite, admin_user: Any) -> None:
    page = make_page(NewsPage, "en", live=False, title="A draft")
    page.save_revision()
    link = preview_link(page, admin_user)
    assert client.preview(link.rpartition("/preview/")[2].strip("/"))["title"] == "A draft"


@pytest.mark.usefixtures("real_addresses")
def test_file_arrives_whole_or_not_at_all_and_the_key_does_not_go_to_it(client: Client, live_site: LiveSite) -> None:
    files = [file for item in client.iter_items(type="publication") for file in item["files"]]  # type: ignore[typeddict-item]
    content = Client(live_site.address, key="a-key").download(files[0])
    assert "HTTP_AUTHORIZATION" not in live_site.headers[-1]
    assert len(content) == ContentDocument.objects.filter(sha256=files[0]["sha256"])[0].file_size
    with pytest.raises(DamagedFile):
        client.download({**files[0], "sha256": "0" * 64})
