"""Search in Elasticsearch: its results, how it follows publishing, and how its indices are rebuilt."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from news.models import NewsPage
from publishing.models import PublishedDocument
from publishing.publish import publish_contents
from search import verification
from search.documents import SearchDocuments
from search.engines import choice
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import indexer, indices
from search.engines.elasticsearch.client import WRITE_SECONDS, client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.writer import write
from search.engines.models import IndexPosition
from search.plan import plan_of
from search.query import SearchQuery, Window
from search.results import Found
from search.vocabulary.memory import vocabulary

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
URL = os.environ.get("ELASTICSEARCH_URL", "")
# The machine is busy with other tests.
PATIENCE = 20.0
FIRST = Window(10)


@pytest.fixture
def indexed(settings: Settings) -> Iterator[None]:
    """Filled indices that only this test uses."""
    settings.ELASTICSEARCH_URL = URL
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:12]}"
    indexer.build()
    yield
    writer = client(WRITE_SECONDS)
    indices.remove(writer, indices.existing(writer))


def search(text: str, language: str = "en", window: Window = FIRST, **values: Any) -> Found:
    plan = plan_of(SearchQuery(text, language, **values), vocabulary().glossary)
    return ElasticsearchEngine(PATIENCE).search(plan, window)


def page() -> NewsPage:
    found: NewsPage = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    return found


def rename(title: str) -> None:
    news = page()
    news.title = title
    news.save_revision().publish()


def served() -> dict[str, indices.Index]:
    return indices.served(indices.existing(client(WRITE_SECONDS)))


def test_a_publication_is_found_after_catching_up_and_a_removal_is_not(indexed: None) -> None:
    rename("Zyzzyva")
    assert indexer.catch_up() > 0
    assert search("zyzzyva").strong == 1
    page().unpublish()
    indexer.catch_up()
    assert search("zyzzyva").total == 0
    assert indexer.catch_up() == 0


def test_what_is_written_late_never_brings_back_an_older_version(indexed: None) -> None:
    rename("Zyzzyva")
    late = PublishedDocument.objects.prefetch_related("facets").get(content_id=page().translation_key, locale="en")
    page().unpublish()
    indexer.catch_up()
    ElasticsearchEngine().apply([SearchDocuments().of(late)], [])
    assert search("zyzzyva").total == 0


def test_changes_during_a_rebuild_are_in_the_new_index(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "_AT_ONCE", 40)
    changes = iter([lambda: rename("Zyzzyva"), lambda: page().unpublish()])

    def change(done: int, total: int) -> None:
        next(changes, lambda: None)()

    indexer.build(change, anew=True)
    assert not verification.difference(verification.held_by_elasticsearch())
    assert search("zyzzyva").total == 0


def test_a_rebuild_goes_on_where_it_was_interrupted(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = served()
    monkeypatch.setattr(indexer, "_AT_ONCE", 40)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexer.build(interrupt, anew=True)
    assert served() == before, "the old index answers until the new one is complete"
    total = PublishedDocument.objects.count()
    assert indexer.build() == total - 40
    assert served() != before
    assert not verification.difference(verification.held_by_elasticsearch())
    assert len(indices.existing(client(WRITE_SECONDS))) == len(served()), "old indices are removed"


def test_an_index_of_another_version_is_made_anew_and_a_newer_release_is_left_alone(
    indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = served()
    monkeypatch.setattr(indices, "version", lambda language: "0" * 8)
    indexer.catch_up()
    assert served() == before, "made after this process began: another release's"
    monkeypatch.setattr(indexer, "_STARTED", indexer._STARTED + 10**6)
    indexer.catch_up()
    assert all(index.version == "0" * 8 for index in served().values())


def test_a_position_that_the_change_log_does_not_know_means_a_new_index(indexed: None) -> None:
    before = served()
    IndexPosition.objects.update(seq=10**9)
    indexer.catch_up()
    assert served() != before


def test_a_new_epoch_after_a_backup_was_restored_means_new_indices(indexed: None, settings: Settings) -> None:
    before = served()
    settings.CHANGE_FEED_EPOCH = "another"
    indexer.catch_up()
    assert {index.name for index in served().values()}.isdisjoint({index.name for index in before.values()})


def test_a_lost_index_is_made_anew(indexed: None) -> None:
    client(WRITE_SECONDS).indices.delete(index=served()["fr"].name)
    with pytest.raises(EngineUnavailable):
        search("migration", "fr")
    indexer.catch_up()
    assert search("migration", "fr").strong > 0


def test_writing_to_a_lost_index_makes_no_index(indexed: None) -> None:
    lost = served()
    client(WRITE_SECONDS).indices.delete(index=lost["en"].name)
    publish_contents([page().translation_key])
    row = PublishedDocument.objects.filter(removal="", locale="en").prefetch_related("facets")[0]
    with pytest.raises(EngineUnavailable):
        write(client(WRITE_SECONDS), lost, [SearchDocuments().of(row)], [])
    assert "en" not in {index.language for index in indices.existing(client(WRITE_SECONDS))}


def test_paging_by_place_gives_every_hit_once_in_the_order_of_pages(indexed: None) -> None:
    whole = [hit.content_id for hit in search("migration", window=Window(200)).hits]
    assert len(whole) > 20
    seen: list[UUID] = []
    after: tuple[str | float, ...] = ()
    while hits := search("migration", window=Window(7, after=after)).hits:
        seen += [hit.content_id for hit in hits]
        after = hits[-1].place
    assert seen == whole


def test_a_title_is_marked_and_escaped(indexed: None) -> None:
    rename("<b>Zyzzyva</b> & co")
    indexer.catch_up()
    assert search("zyzzyva").hits[0].title == "&lt;b&gt;<mark>Zyzzyva</mark>&lt;&#x2F;b&gt; &amp; co"


def test_commands_rebuild_verify_and_describe(indexed: None) -> None:
    def run(*arguments: str) -> str:
        output = io.StringIO()
        call_command("search_index", *arguments, stdout=output, stderr=io.StringIO())
        return output.getvalue()

    assert "changes indexed" in run("rebuild", "--elasticsearch-only")
    assert "Nothing differs" in run("verify")
    assert "Elasticsearch is complete" in run("status")
    ElasticsearchEngine().apply([], [(page().translation_key, "en")])
    with pytest.raises(CommandError, match="rebuild"):
        run("verify")


def test_commands_say_that_elasticsearch_is_away(indexed: None, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="Elasticsearch"):
        call_command("search_index", "status")
    settings.ELASTICSEARCH_URL = URL


def test_after_a_command_loaded_content_it_is_found_at_once(indexed: None) -> None:
    rename("Zyzzyva")
    call_command("rebuild_documents", stdout=io.StringIO(), stderr=io.StringIO())
    assert search("zyzzyva").strong == 1


def test_the_choice_is_elasticsearch_while_it_is_complete(indexed: None) -> None:
    plan = plan_of(SearchQuery("migration", "en"), vocabulary().glossary)
    assert not choice.search(plan, Window(3)).degraded
