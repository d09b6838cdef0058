"""The engine in the database: its index is updated in the transaction that publishes, and can be rebuilt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Topic
from news.models import NewsPage
from publishing.models import PublishedDocument
from search.engines.embedded import indexer
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.models import EmbeddedEntry, EmbeddedWord
from search.engines.embedded.store_in_use import store
from search.engines.models import IndexPosition
from search.plan import plan_of
from search.query import SearchQuery, Window
from search.results import Found
from search.synonyms import Glossary
from tests.factories import make_page
from tests.hostile_texts import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]


def find(text: str, language: str = "en", size: int = 10) -> Found:
    return EmbeddedEngine().search(plan_of(SearchQuery(text, language), Glossary()), Window(size))


def words() -> dict[tuple[str, str], int]:
    return {(row.language, row.word): row.documents for row in EmbeddedWord.objects.all()}


def entries() -> set[tuple[object, ...]]:
    columns = ("content_id", "language", "seq", "title", "body", "facets", "languages", "words", "expires")
    return set(EmbeddedEntry.objects.values_list(*columns))


def statements(captured: CaptureQueriesContext) -> int:
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def test_published_page_is_found_at_once_and_gone_at_once() -> None:
    page = make_page(NewsPage, "en", title="Quokkas counted")
    assert find("quokka").total == 1
    page.title = "Numbats counted"
    page.save_revision().publish()
    assert (find("quokka").total, find("numbat").total) == (0, 1)
    page.unpublish()
    assert find("numbat").total == 0
    assert not {("en", "quokkas"), ("en", "numbats")} & words().keys()


def test_index_changes_with_the_transaction() -> None:
    with transaction.atomic():
        make_page(NewsPage, "en", title="Quokkas counted")
        assert find("quokka").total == 1
        transaction.set_rollback(True)
    assert find("quokka").total == 0


def test_topic_finds_its_documents_by_its_new_name() -> None:
    topic = Topic.objects.filter(pk__in=NewsPage.objects.values("topics")).first()
    assert topic is not None
    topic.names = {"en": "Quokka affairs"}
    topic.save()
    assert find("quokka affairs").strong > 0


def test_document_that_may_be_seen_longer_is_found_longer() -> None:
    page = make_page(NewsPage, "en", title="Quokkas counted", expire_at=timezone.now() + timedelta(seconds=60))
    EmbeddedEntry.objects.filter(content_id=page.translation_key).update(expires=1)
    assert find("quokka").total == 0
    page.expire_at = timezone.now() + timedelta(days=60)
    page.save()
    assert find("quokka").total == 1


def test_rebuild_finds_what_publishing_has_indexed() -> None:
    before, counted = entries(), words()
    assert indexer.rebuild() == len(before) == PublishedDocument.objects.filter(removal="").count()
    assert (entries(), words()) == (before, counted)


def test_rebuild_fills_an_empty_index_and_forgets_what_is_gone() -> None:
    before, counted = entries(), words()
    numbers = list(EmbeddedEntry.objects.values_list("pk", flat=True))
    store().write(numbers, {})
    EmbeddedEntry.objects.all().delete()
    EmbeddedWord.objects.all().delete()
    assert find("migration").total == 0
    progress: list[tuple[int, int]] = []
    indexer.rebuild(lambda done, total: progress.append((done, total)))
    assert (entries(), words()) == (before, counted)
    assert progress[-1] == (len(before), len(before))
    make_page(NewsPage, "en", title="Quokkas counted")
    PublishedDocument.objects.filter(title="Quokkas counted").delete()
    indexer.rebuild()
    assert find("quokka").total == 0
    assert (entries(), words()) == (before, counted)


def test_migrating_fills_the_index_where_its_rules_are_not_those_of_before() -> None:
    app = apps.get_app_config("search")
    EmbeddedEntry.objects.update(title="Stale")
    indexer.rebuild_if_outdated(app)
    assert EmbeddedEntry.objects.filter(title="Stale").exists()
    IndexPosition.objects.filter(index__startswith="embedded ").update(index="embedded of older rules")
    indexer.rebuild_if_outdated(app)
    assert not EmbeddedEntry.objects.filter(title="Stale").exists()
    assert IndexPosition.objects.filter(index__startswith="embedded ").count() == 1


@pytest.mark.parametrize(
    "text", ["migration", "labour migration governance", "quokas migration", "xylophone", "الهجرة"]
)
def test_a_search_needs_few_statements(text: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        find(text)
    assert statements(captured) <= 7


def test_publishing_asks_no_more_for_a_long_text_than_for_a_short_one() -> None:
    page = make_page(NewsPage, "en", title="Quokkas counted")

    def publish(summary: str) -> int:
        page.summary = summary
        with CaptureQueriesContext(connection) as captured:
            page.save_revision().publish()
        return statements(captured)

    short = publish("short")
    assert publish(" ".join(f"word{number}" for number in range(30))) == short


def test_words_of_one_family_are_a_last_resort() -> None:
    make_page(NewsPage, "ar", title="مغازل الصوف")
    make_page(NewsPage, "en", title="A quokkamentary")
    found = find("الغزل", "ar")
    assert (found.stage, found.total) == ("fuzzy", 1)
    assert "<mark>مغازل</mark>" in found.hits[0].title
    assert find("quokkament").total == 1


@pytest.mark.parametrize("kind", HOSTILE)
def test_text_that_no_page_would_pass_on_breaks_nothing(kind: str) -> None:
    for text in HOSTILE[kind]:
        assert find(text, "ar", 1).total >= 0
        EmbeddedEngine().suggest(text, "fr", 3)
