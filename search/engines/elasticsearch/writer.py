"""Write documents to indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from search.documents import SearchDocument
from search.engines.base import EngineUnavailable

from .indices import Index, write_alias
from .mapping import source

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_OUTDATED = 409
Removed = tuple[UUID, str, int]


def write(
    client: Elasticsearch,
    targets: Mapping[str, Index],
    changed: Iterable[SearchDocument],
    removed: Iterable[Removed],
    *,
    refresh: bool = True,
) -> None:
    """Index changed documents and forget removed ones (content, language, seq).

    `seq` is the version of a document in its index. Anything older than what the index has is skipped, so late and
    repeated writes do no harm.
    """
    operations: list[dict[str, Any]] = []
    for document in changed:
        action = _action(targets[document.language], document.content_id, document.seq)
        operations += [{"index": action}, source(document)]
    for content, language, seq in removed:
        operations.append({"delete": _action(targets[language], content, seq)})
    if not operations:
        return
    answer = client.bulk(operations=operations, refresh=refresh, require_alias=True)
    for item in answer["items"] if answer["errors"] else ():
        ((kind, result),) = item.items()
        if "error" in result and result["status"] != _OUTDATED:
            raise EngineUnavailable(f"{kind}: {result['error']}"[:300])


def _action(index: Index, content: UUID, seq: int) -> dict[str, Any]:
    return {"_index": write_alias(index.name), "_id": str(content), "version": seq, "version_type": "external_gte"}


def as_known(client: Elasticsearch, targets: Mapping[str, Index], removed: Iterable[tuple[UUID, str]]) -> list[Removed]:
    """Return those of the documents that are in their indices, each with the `seq` stored there."""
    wanted = [(content, language) for content, language in removed if language in targets]
    if not wanted:
        return []
    docs = [{"_index": targets[language].name, "_id": str(content)} for content, language in wanted]
    answer = client.mget(docs=docs, source=False)
    return [
        (content, language, document["_version"])
        for (content, language), document in zip(wanted, answer["docs"], strict=True)
        if document.get("found")
    ]
