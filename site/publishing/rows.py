"""Write the rows of published documents: changed ones with a new `seq`, and what changes without anybody seeing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from .document_signals import documents_written
from .documents import BuiltDocument
from .models import DocumentDependency, DocumentFacet, PublishedDocument, Sequence
from .texts import Key
from .webhooks.outbox import is_anybody_told, write_messages

_WRITTEN = (
    "type", "seq", "updated_at", "removal", "digest", "path_digest", "title", "source_locale", "published_at",
    "content_updated_at", "expires_at", "page_number", "card", "full", "card_picture",
)  # fmt: skip
# What a tombstone says nothing about.
_NOTHING = {
    "digest": "", "title": "", "source_locale": "", "published_at": None, "content_updated_at": None,
    "expires_at": None, "page_number": None, "card": "", "full": "", "card_picture": "",
}  # fmt: skip
# Columns that may differ between documents with the same contents.
_UNSEEN = ("expires_at", "page_number", "card_picture")


def write(rows: list[PublishedDocument], built: dict[Key, BuiltDocument], sequence: Sequence) -> None:
    """Write documents, each with the next number, and tell everybody who follows them."""
    _number(rows, sequence)
    PublishedDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["content_id", "locale"], update_fields=_WRITTEN
    )
    _written(rows, {row.pk: built[row.content_id, row.locale] for row in rows})


def bury(rows: list[PublishedDocument], sequence: Sequence) -> None:
    """Turn stored documents into tombstones, each with the next number and with its `removal` as it is set on the row,
    and tell everybody who follows them. There may be thousands: the rows need no other column than `type`.
    """
    _number(rows, sequence)
    table = PublishedDocument._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET seq = %s, removal = %s WHERE id = %s",  # noqa: S608 -- a name of ours
            [(row.seq, row.removal, row.pk) for row in rows],
        )
    buried = PublishedDocument.objects.filter(pk__in=[row.pk for row in rows])
    buried.update(updated_at=rows[0].updated_at, **_NOTHING)
    _written(rows, {})


def _number(rows: list[PublishedDocument], sequence: Sequence) -> None:
    now = timezone.now()
    rows.sort(key=lambda row: (str(row.content_id), row.locale))
    for number, row in enumerate(rows, start=sequence.last + 1):
        row.seq, row.updated_at = number, now
    sequence.last += len(rows)
    sequence.save()


def _written(rows: list[PublishedDocument], documents: dict[int, BuiltDocument]) -> None:
    """Replace what belongs to the rows, write messages and send the signal."""
    numbers = [row.pk for row in rows]
    is_told = is_anybody_told()
    before = _pairs_by_document(_facets_of(numbers).values_list("document", "name", "value")) if is_told else {}
    _replace_facets(numbers, documents)
    _replace_dependencies(numbers, documents)
    if is_told:
        after = {number: document.facets for number, document in documents.items()}
        write_messages(rows, {number: frozenset(facets) for number, facets in before.items()}, after)
    documents_written.send(PublishedDocument, rows=rows)


def update_silently(documents: list[tuple[PublishedDocument, BuiltDocument]], sequence: Sequence) -> None:
    """Update what readers of the API do not see while a document's contents stay the same: its expiry, its page, its
    picture on the site's cards, its facets, and its dependencies, such as a link to a page that is not public.
    """
    same = {row.pk: (row, document) for row, document in documents if row.digest == document.digest}
    moved = [row for row, document in same.values() if any(_differing(row, document))]
    dependencies = _pairs_by_document(_dependencies_of(same).values_list("document", "kind", "key"))
    facets = _pairs_by_document(_facets_of(same).values_list("document", "name", "value"))
    moved_on = {n: document for n, (_, document) in same.items() if dependencies[n] != document.dependencies}
    refiled = {n: document for n, (_, document) in same.items() if facets[n] != document.facets}
    if moved:
        _update(moved, same)
    if moved_on:
        _replace_dependencies(moved_on, moved_on)
    if refiled:
        _replace_facets(refiled, refiled)
    if moved or refiled:
        sequence.save()


def _differing(row: PublishedDocument, document: BuiltDocument) -> Iterator[str]:
    return (name for name in _UNSEEN if getattr(row, name) != getattr(document, name))


def _update(rows: list[PublishedDocument], documents: dict[int, tuple[PublishedDocument, BuiltDocument]]) -> None:
    expiring = []
    for row in rows:
        differing = list(_differing(row, documents[row.pk][1]))
        for name in differing:
            setattr(row, name, getattr(documents[row.pk][1], name))
        if "expires_at" in differing:
            expiring.append(row)
    PublishedDocument.objects.bulk_update(rows, _UNSEEN)
    if expiring:
        documents_written.send(PublishedDocument, rows=expiring)


def _pairs_by_document(rows: Iterable[tuple[int, str, str]]) -> dict[int, set[tuple[str, str]]]:
    pairs: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for number, *pair in rows:
        pairs[number].add((pair[0], pair[1]))
    return pairs


def _facets_of(numbers: Iterable[int]) -> QuerySet[DocumentFacet]:
    return DocumentFacet.objects.filter(document__in=list(numbers))


def _replace_facets(numbers: Iterable[int], documents: dict[int, BuiltDocument]) -> None:
    _facets_of(numbers).delete()
    DocumentFacet.objects.bulk_create(
        DocumentFacet(document_id=number, name=name, value=value)
        for number, document in documents.items()
        for name, value in document.facets
    )


def _dependencies_of(numbers: Iterable[int]) -> QuerySet[DocumentDependency]:
    return DocumentDependency.objects.filter(document__in=list(numbers))


def _replace_dependencies(numbers: Iterable[int], documents: dict[int, BuiltDocument]) -> None:
    _dependencies_of(numbers).delete()
    DocumentDependency.objects.bulk_create(
        DocumentDependency(document_id=number, kind=kind, key=key)
        for number, document in documents.items()
        for kind, key in document.dependencies
    )
