"""A partner's copy is exact, whatever happens on the site, on the network, or to the copy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from mena_content import Client, ClientError, CursorRefused, Entry, MemoryStore, SqliteStore, Unavailable
from mena_content.store import Key
from mena_content.sync import sync
from mena_content.types import Changes
from publishing.models import PublishedDocument

from .live import Failure, LiveSite
from .operations import OPERATIONS, assert_exact, crawl, lift_restrictions, news, rename, restrict_section, unpublish

CHANGES = "/api/v1/changes"


def key_of_news() -> Key:
    return Key(str(news().translation_key), "en")


class StoreThatActs(MemoryStore):
    """A store that calls functions between two pages, each after the page with its number."""

    def __init__(self, acts: dict[int, Callable[[], None]]) -> None:
        super().__init__()
        self.acts, self.pages = acts, 0

    def apply(self, upserts: Iterable[Entry], removed: Iterable[Key], cursor: str) -> None:
        super().apply(upserts, removed, cursor)
        self.pages += 1
        self.acts.get(self.pages, lambda: None)()


def test_first_sync_holds_exactly_what_a_crawl_finds(client: Client, live_site: LiveSite) -> None:
    store = MemoryStore()
    result = client.sync(store, page_size=40)
    assert (result.upserted, result.removed, result.started_over) == (len(store.entries), 0, True)
    assert len(store.entries) > 150
    assert live_site.count(path=CHANGES) >= len(store.entries) // 40
    assert_exact(store, client)


def test_sync_after_no_change_asks_once_and_changes_nothing(client: Client, live_site: LiveSite) -> None:
    store = MemoryStore()
    client.sync(store)
    before = live_site.count(path=CHANGES)
    result = client.sync(store)
    assert (result.upserted, result.removed, result.started_over) == (0, 0, False)
    assert live_site.count(path=CHANGES) == before + 1


@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_every_operation_the_copy_is_exact(operation: Callable[[], None], client: Client) -> None:
    store = MemoryStore()
    client.sync(store)
    operation()
    assert not client.sync(store).started_over
    assert_exact(store, client)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.slow
def test_after_many_operations_with_syncs_between_the_copy_is_exact(seed: int, client: Client) -> None:
    chance = random.Random(seed)  # noqa: S311
    store = MemoryStore()
    for operation in chance.choices(OPERATIONS, k=12):
        operation()
        if chance.random() < 0.5:
            client.sync(store, page_size=chance.choice((7, 50, 500)))
    client.sync(store)
    assert_exact(store, client)


@pytest.mark.slow
def test_what_changes_between_the_pages_of_a_snapshot_is_not_lost(client: Client) -> None:
    store = StoreThatActs({1: rename, 2: restrict_section, 3: lift_restrictions, 4: unpublish})
    client.sync(store, page_size=20)
    assert store.pages > 5
    assert_exact(store, client)
    assert key_of_news() not in store.entries


def test_restricted_content_leaves_the_copy_at_once(client: Client) -> None:
    store = MemoryStore()
    client.sync(store)
    assert key_of_news() in store.entries
    restrict_section()
    assert client.sync(store).removed > 10
    assert key_of_news() not in store.entries


def test_expired_cursor_starts_over_and_removes_what_left_no_tombstone(
    client: Client, live_site: LiveSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemoryStore()
    real = timezone.now
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: real() - timedelta(days=200))
        client.sync(store)
    unpublish()
    PublishedDocument.objects.exclude(removal="").delete()
    assert key_of_news() in store.entries
    result = client.sync(store)
    assert live_site.count(410, CHANGES) == 1
    assert (result.started_over, result.removed) == (True, 1)
    assert_exact(store, client)


def test_old_copy_stays_readable_until_the_new_one_is_whole(client: Client, live_site: LiveSite) -> None:
    store = MemoryStore()
    client.sync(store)
    before = dict(store.entries)
    store.start_over("another scope")
    live_site.failures.extend([Failure()] * 5)
    with pytest.raises(Unavailable):
        client.sync(store)
    assert store.entries == before
    assert client.sync(store).started_over
    assert_exact(store, client)


def test_copy_of_one_language_and_type_holds_nothing_else(client: Client) -> None:
    store = MemoryStore()
    client.sync(store, locale="ar", type="publication")
    expected = {(item["content_id"], "ar") for item in client.iter_items(locale="ar", type="publication")}
    assert {tuple(key) for key in store.entries} == expected
    assert expected


def test_another_choice_of_content_replaces_the_copy(client: Client) -> None:
    store = MemoryStore()
    client.sync(store, locale="ar")
    result = client.sync(store, locale="fr")
    assert result.started_over
    assert {key.locale for key in store.entries} == {"fr"}


def test_page_that_arrives_by_half_or_not_at_all_is_asked_for_again(
    client: Client, live_site: LiveSite, waits: list[float]
) -> None:
    store = MemoryStore()
    live_site.failures.extend([Failure(cut=True), Failure(), Failure("429 Too Many", (("Retry-After", "7"),))])
    client.sync(store, page_size=50)
    assert len(waits) == 3
    assert waits[2] == 7
    assert_exact(store, client)


def test_file_holds_the_same_copy_and_goes_on_in_another_process(client: Client, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "copy.sqlite3") as store:
        client.sync(store, page_size=30)
    rename()
    with SqliteStore(tmp_path / "copy.sqlite3") as store:
        result = client.sync(store)
        assert not result.started_over
        assert {tuple(entry.key): entry.item for entry in store.entries()} == crawl(client)
        item = store.get(*key_of_news())
        assert item
        assert item["title"] == news().title


@pytest.mark.parametrize("kind", [MemoryStore, None])
def test_stores_keep_the_same_promises(kind: type[MemoryStore] | None, client: Client, tmp_path: Path) -> None:
    store = kind() if kind else SqliteStore(tmp_path / "copy.sqlite3")
    one, two = [
        Entry(Key(str(number), "en"), "e", item) for number, item in zip("12", client.iter_items(), strict=False)
    ]
    assert store.position() is None
    store.start_over("scope")
    store.apply([one, two], [], "a")
    assert (store.complete(), tuple(store.position() or ())) == (0, ("scope", "a", True))
    store.start_over("scope")
    assert tuple(store.position() or ()) == ("scope", None, False)
    store.apply([two], [Key("3", "en")], "b")
    assert (store.complete(), tuple(store.position() or ())) == (1, ("scope", "b", True))
    entries = store.entries.values() if isinstance(store, MemoryStore) else store.entries()
    assert [entry.key.content_id for entry in entries] == ["2"]
    if isinstance(store, SqliteStore):
        store.close()


def test_api_that_refuses_every_cursor_is_an_error_and_no_endless_loop() -> None:
    def fetch(cursor: str | None) -> Changes:
        if cursor:
            raise CursorRefused(410, {})
        return {"changes": [], "next_since": "a", "has_more": True}

    with pytest.raises(CursorRefused):
        sync(fetch, MemoryStore(), "scope")


def test_api_that_gives_the_same_cursor_for_ever_is_an_error_and_no_endless_loop() -> None:
    with pytest.raises(ClientError, match="the same cursor"):
        sync(lambda cursor: {"changes": [], "next_since": "a", "has_more": True}, MemoryStore(), "scope")
