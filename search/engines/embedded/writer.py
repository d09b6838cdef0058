"""Keep the index up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from search.documents import SearchDocument

from .filters import microseconds
from .models import EmbeddedEntry, EmbeddedWord
from .store_in_use import store
from .text import IndexedText, Spelt, indexed

_CHANGED = (
    "seq",
    "type",
    "title",
    "summary",
    "body",
    "facets",
    "languages",
    "words",
    "published",
    "updated",
    "expires",
)
_WORDS_AT_ONCE = 1000
Row = tuple[str, str, str, str, str, int]
Vocabulary = dict[tuple[str, str], Spelt]


@transaction.atomic
def write(changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
    documents = {(document.content_id, document.language): document for document in changed}
    gone = {key for key in removed if key not in documents}
    stored = _stored({*documents, *gone})
    before = Counter((entry.language, word) for entry in stored.values() for word in entry.words.split())
    texts = {key: indexed(document) for key, document in documents.items()}
    entries = [_entry(document, texts[key]) for key, document in documents.items()]
    EmbeddedEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["content_id", "language"], update_fields=_CHANGED
    )
    added = {entry.pk: texts[entry.content_id, entry.language] for entry in entries}
    store().write([entry.pk for entry in stored.values()], added)
    EmbeddedEntry.objects.filter(pk__in=[stored[key].pk for key in gone if key in stored]).delete()
    spelt = {(entry.language, word): text.vocabulary[word] for entry, text in zip(entries, texts.values(), strict=True)
             for word in text.vocabulary}  # fmt: skip
    after = Counter((entry.language, word) for entry in entries for word in entry.words.split())
    after.subtract(before)
    _count_words(after, spelt)


def _stored(keys: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], EmbeddedEntry]:
    wanted = set(keys)
    contents, languages = {content for content, _ in wanted}, {language for _, language in wanted}
    rows = EmbeddedEntry.objects.filter(content_id__in=contents, language__in=languages)
    found = {(row.content_id, row.language): row for row in rows.only("content_id", "language", "words")}
    return {key: row for key, row in found.items() if key in wanted}


def _entry(document: SearchDocument, text: IndexedText) -> EmbeddedEntry:
    facets = [f"{name}={value}" for name, values in document.facets.items() for value in values]
    return EmbeddedEntry(
        content_id=document.content_id,
        language=document.language,
        seq=document.seq,
        type=document.type,
        title=document.title,
        summary=document.summary,
        body=document.body,
        facets="\n".join(facets),
        languages=" ".join(document.languages),
        words=" ".join(text.vocabulary),
        published=_microseconds(document.published_at),
        updated=microseconds(document.updated_at),
        expires=_microseconds(document.expires_at),
    )


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _count_words(changes: Counter[tuple[str, str]], spelt: Vocabulary) -> None:
    """Add how many more or fewer documents have each word."""
    rows = [(*key, *spelt.get(key, ("", "", "")), change) for key, change in sorted(changes.items()) if change]
    with connection.cursor() as cursor:
        for some in _batches(rows):
            places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO search_embeddedword (language, word, bare, surface, roots, documents) VALUES {places} "  # noqa: S608
                "ON CONFLICT (language, word) "
                "DO UPDATE SET documents = search_embeddedword.documents + excluded.documents",
                [value for row in some for value in row],
            )
    if any(change < 0 for change in changes.values()):
        EmbeddedWord.objects.filter(documents__lte=0).delete()


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), _WORDS_AT_ONCE):
        yield rows[start : start + _WORDS_AT_ONCE]
