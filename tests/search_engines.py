"""Every available search engine, filled with the starter and sample content, and documents to add to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from publishing.models import PublishedDocument
from search.documents import SearchDocument, SearchDocuments
from search.engines.base import Engine
from search.engines.elasticsearch import indices
from search.engines.elasticsearch.client import WRITE_SECONDS, client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.plan import plan_of
from search.query import SearchQuery, Window, plain
from search.results import Found
from search.synonyms import Glossary

URL = os.environ.get("ELASTICSEARCH_URL", "")
# Tests share the machine; the speed of an engine is measured elsewhere.
_PATIENCE = 20.0
FIRST_FIFTY = Window(50)
_NUMBERS = count(1_000_000)


def stored_documents() -> list[SearchDocument]:
    """Return the search documents of everything that is published."""
    documents = SearchDocuments()
    rows = PublishedDocument.objects.filter(removal="").prefetch_related("facets")
    return [documents.of(row) for row in rows]


def make_document(title: str, language: str = "en", **values: Any) -> SearchDocument:
    """Make a document newer than all published ones. `languages` are the other languages of its content."""
    others = values.pop("languages", ())
    facets = {"type": (values.get("type", "news"),), **values.pop("facets", {})}
    given = {
        "content_id": uuid4(), "type": "news", "summary": "", "body": "", "meta": "", "names": "", "identifiers": (),
        "published_at": datetime(2026, 1, 1, tzinfo=UTC), "updated_at": datetime(2026, 1, 2, tzinfo=UTC),
        "expires_at": None, "languages": tuple(sorted({language, *others})), **values,
    }  # fmt: skip
    return SearchDocument(title=title, language=language, seq=next(_NUMBERS), facets=facets, **given)


class Searched:
    """An engine whose index accepts documents for the duration of one test."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._added: set[tuple[UUID, str]] = set()

    def add(self, *documents: SearchDocument) -> None:
        self._added |= {(document.content_id, document.language) for document in documents}
        self.engine.apply(documents, [])

    def remove(self, *documents: SearchDocument) -> None:
        self.engine.apply([], [(document.content_id, document.language) for document in documents])

    def clean(self) -> None:
        self.engine.apply([], self._added)

    def find(self, text: str, language: str = "en", *, window: Window = FIRST_FIFTY, **query: Any) -> Found:
        """Search in the same way as the search page."""
        glossary: Glossary = query.pop("glossary", Glossary())
        return self.engine.search(plan_of(SearchQuery(plain(text), language, **query), glossary), window)

    def ids(self, text: str, language: str = "en", **query: Any) -> list[UUID]:
        return ids_of(self.find(text, language, **query))


def ids_of(found: Found) -> list[UUID]:
    return [hit.content_id for hit in found.hits]


@contextmanager
def _elasticsearch(prefix: str) -> Iterator[Engine]:
    with override_settings(ELASTICSEARCH_URL=URL, SEARCH_INDEX_PREFIX=prefix):
        yield ElasticsearchEngine(_PATIENCE)


@pytest.fixture(scope="session")
def elasticsearch_prefix(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The prefix of indices with the starter and sample content."""
    prefix = f"contract-{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), _elasticsearch(prefix) as engine:
        writer = client(WRITE_SECONDS)
        indices.switch(writer, indices.create(writer))
        engine.apply(stored_documents(), [])
    yield prefix
    with _elasticsearch(prefix):
        indices.remove(writer, indices.existing(writer))


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def searched(request: pytest.FixtureRequest, db: None) -> Iterator[Searched]:
    """Each engine in turn."""
    if request.param == "embedded":
        yield Searched(EmbeddedEngine())
        return
    with _elasticsearch(request.getfixturevalue("elasticsearch_prefix")) as engine:
        subject = Searched(engine)
        yield subject
        subject.clean()


def marked(html: Iterable[str]) -> list[str]:
    """Return the contents of all <mark> elements in these texts."""
    return [part.partition("</mark>")[0] for text in html for part in text.split("<mark>")[1:]]
