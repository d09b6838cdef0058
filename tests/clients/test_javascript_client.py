"""The JavaScript client against the real site: it does what the Python client does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mena_content import Client
from publishing.models import PublishedDocument

from .javascript import Node
from .live import Failure, LiveSite
from .operations import OPERATIONS, copy_of, crawl, news, rename, restrict_section, unpublish

pytestmark = pytest.mark.typescript

CHANGES = "/api/v1/changes"
SYNC = 'const store = new FolderStore("copy"); return await client.sync(store{});'
HELD = """const held = await all(new FolderStore("copy").entries());
  return Object.fromEntries(held.map((entry) => [`${entry.contentId} ${entry.locale}`, entry]));"""
FOLLOW = """const pages = await all(client.iterateChanges({{ limit: 50, {} }}));
  return pages.map((page) => [page.changes.length, page.next_since]);"""
INTERRUPTED = """let pages = 0;
  const cut = (...given) => { if (++pages > 3) throw new Error("cut"); return fetch(...given); };
  const own = new api.Client(SITE, { fetch: cut, retry: { attempts: 1 } });
  await failure(own.sync(new FolderStore("copy"), { pageSize: 20 }));"""
ADDRESSES = """return ["www.example.org", "file:///etc/passwd", ""].map((address) => {
  try { new api.Client(address); } catch (error) { return error.name; }
});"""


def news_id() -> str:
    return str(news().translation_key)


def published(**fields: Any) -> dict[str, str]:
    rows = PublishedDocument.objects.filter(removal="", **fields)
    return {f"{row.content_id} {row.locale}": row.digest for row in rows}


def assert_exact(node: Node, client: Client) -> None:
    held = node(HELD)
    assert {name: entry["item"] for name, entry in held.items()} == copy_of(crawl(client))
    assert {name: entry["etag"] for name, entry in held.items()} == published()


# Reading


def test_all_cards_of_a_language_come_page_after_page(node: Node, live_site: LiveSite) -> None:
    found = node('return (await all(client.iterateCards({ locale: "ar", limit: 10 }))).map((card) => card.content_id);')
    assert len(found) == len(set(found))
    assert {f"{content_id} ar" for content_id in found} == set(published(locale="ar"))
    assert live_site.count(path="/api/v1/items") == -(-len(found) // 10)


def test_answers_are_those_that_the_python_client_gets(node: Node, client: Client) -> None:
    key = news_id()
    address = client.item(key)["html_url"]
    code = f"""return [
      await client.item("{key}"), await client.translations("{key}"), await client.resolve("{address}"),
      await client.topics(), await client.countries(), await client.contentTypes(), await client.service(),
      await client.navigation({{ locale: "ar" }}), await client.lookup({{ slug: "contact" }}),
      await client.listItems({{ type: ["news", "publication"], country: "EGY", facets: "type" }}),
      await all(client.iterateItems({{ type: "publication", locale: "fr" }})),
      (await client.search({{ q: "remittances", locale: "en" }})).items,
    ];"""
    assert node(code) == [
        client.item(key), client.translations(key), client.resolve(address),
        client.topics(), client.countries(), client.content_types(), client.service(),
        client.navigation(locale="ar"), client.lookup(slug="contact"),
        client.list_items(type=["news", "publication"], country="EGY", facets="type"),
        list(client.iter_items(type="publication", locale="fr")),
        client.search(q="remittances", locale="en")["items"],
    ]  # fmt: skip


def test_feeds_linked_data_suggestions_and_batches(node: Node) -> None:
    feed, linked, suggested, batch = node(f"""return [
      await client.feed("news", {{ locale: "fr" }}), await client.jsonLd("{news_id()}"),
      await client.suggest({{ q: "doc", locale: "en" }}),
      await all(client.itemsById(["{news_id()}", "00000000-0000-4000-8000-000000000000"], {{ locale: "ar" }})),
    ];""")
    assert (feed["language"], linked["@type"]) == ("fr", "NewsArticle")
    assert news_id() in {item["content_id"] for item in suggested}
    assert [(item["content_id"], item["locale"]) for item in batch] == [(news_id(), "ar")]


def test_missing_translation_names_the_languages_that_exist(node: Node) -> None:
    found = node(f'return await failure(client.item("{news_id()}", {{ locale: "fr" }}));')
    assert (found["name"], found["kind"], found["locales"]) == ("NotFound", "translation-missing", ["ar", "en"])
    item = node(f'return await client.item("{news_id()}", {{ locale: "fr", fallback: "en" }});')
    assert (item["locale"], item["is_fallback"]) == ("en", True)


def test_refusals_have_classes_of_their_own(node: Node, client: Client, live_site: LiveSite) -> None:
    address = client.item(news_id())["html_url"]
    unpublish()
    found = node(f"""return [
      await failure(client.resolve("{address}")), await failure(client.listItems({{ limit: 101 }})),
      await failure(client.changes({{ since: "nonsense" }})),
      await failure(new api.Client("{live_site.address}", {{ key: "never-given" }}).topics()),
    ];""")
    assert [error["name"] for error in found] == ["Gone", "InvalidRequest", "CursorRefused", "InvalidKey"]
    assert all(error["isOurs"] for error in found)
    assert "limit" in found[1]["message"]


def test_what_has_not_changed_is_not_sent_again(node: Node, live_site: LiveSite) -> None:
    assert node(f"""const ask = async () => [await client.item("{news_id()}"), await client.listItems()];
      return JSON.stringify(await ask()) === JSON.stringify(await ask());""")
    assert (live_site.count(200), live_site.count(304)) == (2, 2)


# Waiting


def test_waits_as_long_as_it_is_asked_to_and_longer_each_time(node: Node, live_site: LiveSite) -> None:
    live_site.failures.extend(
        [Failure(headers=(("Retry-After", "12"),)), Failure("502 Bad Gateway"), Failure(cut=True)]
    )
    node("await client.topics();")
    assert node.waits[0] == 12_000
    assert 500 <= node.waits[1] <= 1000 <= node.waits[2] <= 2000


@pytest.mark.parametrize(
    ("failures", "name"),
    [
        ([Failure()] * 5, "Unavailable"),
        ([Failure("429 Too Many Requests", (("Retry-After", "3600"),))], "RateLimited"),
        ([Failure("302 Found", (("Location", "http://127.0.0.1:9/"),))], "ClientError"),
        ([Failure("200 OK", body=b"<html>")], "ClientError"),
    ],
)
def test_gives_up_with_an_error_that_says_why(
    failures: list[Failure], name: str, node: Node, live_site: LiveSite
) -> None:
    live_site.failures.extend(failures)
    assert node("return await failure(client.topics());")["name"] == name
    assert len(live_site.answered) == len(failures)


def test_says_who_asks_and_sends_the_key(node: Node, live_site: LiveSite) -> None:
    node(f'await failure(new api.Client("{live_site.address}", {{ key: "a-key", name: "news.example" }}).topics());')
    assert live_site.headers[-1]["HTTP_AUTHORIZATION"] == "Bearer a-key"
    assert live_site.headers[-1]["HTTP_USER_AGENT"].endswith("(news.example)")


def test_addresses_that_are_none_are_refused(node: Node) -> None:
    assert node(ADDRESSES) == ["TypeError"] * 3


# Staying in sync


def test_first_sync_is_exact_and_the_second_writes_nothing(node: Node, client: Client, tmp_path: Path) -> None:
    first = node(SYNC.format(", { pageSize: 40 }"))
    assert first == {"upserted": len(published()), "removed": 0, "startedOver": True}
    assert_exact(node, client)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "copy").rglob("*")}
    assert len(before) > 150
    assert node(SYNC.format("")) == {"upserted": 0, "removed": 0, "startedOver": False}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "copy").rglob("*")} == before


@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_every_operation_the_copy_is_exact(operation: Callable[[], None], node: Node, client: Client) -> None:
    node(SYNC.format(""))
    operation()
    assert not node(SYNC.format(""))["startedOver"]
    assert_exact(node, client)


def test_tombstone_removes_its_content(node: Node) -> None:
    node(SYNC.format(""))
    restrict_section()
    assert node(SYNC.format(""))["removed"] > 10
    assert f"{news_id()} en" not in node(HELD)


def test_narrowed_copy_holds_nothing_else_and_loses_what_leaves_it(node: Node) -> None:
    narrowing = ', { locale: "en", type: "news", country: ["EGY", "JOR"] }'
    node(SYNC.format(narrowing))
    expected = node('return await all(client.iterateCards({ locale: "en", type: "news", country: ["EGY", "JOR"] }));')
    assert expected
    assert set(node(HELD)) == {f"{card['content_id']} en" for card in expected}
    page = news()._meta.model.objects.get(translation_key=expected[0]["content_id"], locale__language_code="en")
    page.countries = []
    page.save_revision().publish()
    result = node(SYNC.format(narrowing))
    assert not result["startedOver"]
    assert set(node(HELD)) == {f"{card['content_id']} en" for card in expected[1:]}


def test_another_choice_of_content_replaces_the_copy(node: Node) -> None:
    node(SYNC.format(', { locale: "ar" }'))
    assert node(SYNC.format(', { locale: "fr" }'))["startedOver"]
    assert {name.rpartition(" ")[2] for name in node(HELD)} == {"fr"}


def test_interrupted_sync_goes_on_where_it_was(node: Node, client: Client, live_site: LiveSite) -> None:
    node(INTERRUPTED.replace("SITE", json.dumps(live_site.address)))
    rename()
    asked = live_site.count(path=CHANGES)
    assert asked == 3
    node(SYNC.format(", { pageSize: 500 }"))
    assert_exact(node, client)


def test_refused_cursor_starts_over_and_removes_what_left_no_tombstone(node: Node, client: Client) -> None:
    node(SYNC.format(""))
    unpublish()
    PublishedDocument.objects.exclude(removal="").delete()
    code = """const store = new FolderStore("copy"); const { scope } = await store.position();
      await store.apply([], [], "nonsense"); return await client.sync(store);"""
    result = node(code)
    assert (result["startedOver"], result["removed"]) == (True, 1)
    assert_exact(node, client)


def test_changes_can_be_followed_page_by_page_and_resumed(node: Node) -> None:
    pages = node(FOLLOW.format(""))
    assert sum(count for count, _ in pages) == len(published())
    unpublish()
    resumed = node(FOLLOW.format(f'since: "{pages[-1][1]}"'))
    assert [count for count, _ in resumed] == [2], "the English text is gone, and the Arabic one names it no more"


def test_memory_holds_the_same_copy(node: Node) -> None:
    held = node("""const store = new api.MemoryStore(); await client.sync(store);
      return [...store.entries.values()].map((entry) => [`${entry.contentId} ${entry.locale}`, entry.etag]);""")
    assert dict(held) == published()


def test_server_that_names_no_content_writes_no_file_elsewhere(node: Node, tmp_path: Path) -> None:
    code = """const store = new FolderStore("copy"); await store.startOver("s");
      return await failure(store.apply([{ contentId: "../../evil", locale: "en", etag: "", item: {} }], [], "a"));"""
    assert "No content" in node(code)["message"]
    assert not list(tmp_path.rglob("*evil*"))
