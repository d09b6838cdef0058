"""Compare the contents of an index with the published documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publishing.models import PublishedDocument
from search.engines.embedded.models import EmbeddedEntry

from .engines.elasticsearch import indices
from .engines.elasticsearch.client import WRITE_SECONDS, client, failures

# (content id, language) → seq
Held = Mapping[tuple[str, str], int]
_AT_ONCE = 5000


@dataclass(frozen=True)
class Difference:
    """How many documents are published but not in the index, in it in another version, or in it but not published."""

    documents: int
    missing: int
    outdated: int
    surplus: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.outdated or self.surplus)

    def __str__(self) -> str:
        if not self:
            return f"holds all {self.documents} published documents, and nothing else"
        return (
            f"differs from the {self.documents} published documents: {self.missing} missing, "
            f"{self.outdated} outdated, {self.surplus} too many"
        )


def difference(held: Held) -> Difference:
    published = _published()
    return Difference(
        documents=len(published),
        missing=len(published.keys() - held.keys()),
        outdated=sum(held[key] != seq for key, seq in published.items() if key in held),
        surplus=len(held.keys() - published.keys()),
    )


def _published() -> dict[tuple[str, str], int]:
    rows = PublishedDocument.objects.filter(removal="").values_list("content_id", "locale", "seq")
    return {(str(content), language): seq for content, language, seq in rows.iterator()}


def held_by_embedded() -> Held:
    rows = EmbeddedEntry.objects.values_list("content_id", "language", "seq")
    return {(str(content), language): seq for content, language, seq in rows.iterator()}


def held_by_elasticsearch() -> Held:
    """Return the contents of the indices that searches go to. Raise EngineUnavailable if Elasticsearch fails."""
    with failures():
        reader = client(WRITE_SECONDS)
        served = indices.served(indices.existing(reader))
        return {
            (content, language): seq for language, index in served.items() for content, seq in _documents(index.name)
        }


def _documents(index: str) -> Iterator[tuple[str, int]]:
    reader = client(WRITE_SECONDS)
    reader.indices.refresh(index=index)
    after: list[str] | None = None
    while True:
        answer = reader.search(
            index=index,
            size=_AT_ONCE,
            sort=["content_id"],
            search_after=after,
            source=False,
            docvalue_fields=[{"field": "content_id"}, {"field": "seq"}],
            track_total_hits=False,
        )
        hits = answer["hits"]["hits"]
        for hit in hits:
            yield hit["fields"]["content_id"][0], hit["fields"]["seq"][0]
        if len(hits) < _AT_ONCE:
            return
        after = hits[-1]["sort"]
