"""The project's engines, filled with all published contents."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from publishing.models import PublishedDocument
from search.documents import SearchDocument, SearchDocuments
from search.engines.base import Engine

# Seconds to wait for an answer: the machine may be busy, and only relevance is measured.
PATIENCE = 20.0


def embedded() -> Engine:
    from search.engines.embedded.engine import EmbeddedEngine

    engine = EmbeddedEngine()
    engine.apply(_documents(), [])
    return engine


def elasticsearch() -> Engine:
    """Return the engine, filled in new indices with SEARCH_INDEX_PREFIX, which `remove_indices` removes."""
    from search.engines.elasticsearch import indices
    from search.engines.elasticsearch.client import WRITE_SECONDS, client
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    writer = client(WRITE_SECONDS)
    indices.switch(writer, indices.create(writer))
    engine = ElasticsearchEngine(seconds=PATIENCE)
    engine.apply(_documents(), [])
    return engine


def _documents() -> Iterator[SearchDocument]:
    documents = SearchDocuments()
    for row in PublishedDocument.objects.filter(removal="").prefetch_related("facets"):
        yield documents.of(row)


def remove_indices() -> None:
    """Remove all indices with SEARCH_INDEX_PREFIX, and those of Wagtail's own search."""
    from search.engines.elasticsearch.client import WRITE_SECONDS, client

    if not settings.ELASTICSEARCH_URL:
        return
    writer = client(WRITE_SECONDS)
    for name in writer.indices.get(
        index=[f"{settings.SEARCH_INDEX_PREFIX}-*", f"stock_{settings.SEARCH_INDEX_PREFIX}_*"]
    ).body:
        writer.indices.delete(index=name)
