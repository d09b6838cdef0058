"""Bringing published documents up to date with the pages, in the transaction that changes the pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.languages import is_restricted

from .documents import BuiltDocument, Key, build_documents
from .models import DocumentDependency, DocumentFacet, PublishedDocument, Removal, Sequence


@transaction.atomic
def publish_contents(content_ids: Iterable[UUID]) -> int:
    """Make the documents of these contents say what the public may see of them now; returns how many changed.

    The lock on the sequence comes first: whoever else changes content waits until this transaction ends and then sees
    what it did, so no document is made from half of two changes, and no change gets a `seq` below one that a reader
    has already seen.
    """
    content_ids = set(content_ids)
    if not content_ids:
        return 0
    sequence = _locked_sequence()
    built = build_documents(content_ids)
    stored = {(row.content_id, row.locale): row for row in PublishedDocument.objects.filter(content_id__in=content_ids)}
    now = timezone.now()
    changed = 0
    for key in sorted(built.keys() | stored.keys(), key=str):
        row, document = stored.get(key), built.get(key)
        if document is None:
            changed += _remove(row, sequence, now)
        elif row is None or row.removal or row.digest != document.digest:
            _store(key, row, document, sequence, now)
            changed += 1
    sequence.save()
    return changed


def _locked_sequence() -> Sequence:
    Sequence.objects.get_or_create(pk=1)
    return Sequence.objects.select_for_update().get(pk=1)


def _store(key: Key, row: PublishedDocument | None, document: BuiltDocument, sequence: Sequence, now: datetime) -> None:
    row = row or PublishedDocument(content_id=key[0], locale=key[1])
    names = ("type", "path_digest", "title", "source_locale", "published_at", "content_updated_at", "card", "full")
    for name in names:
        setattr(row, name, getattr(document, name))
    sequence.last += 1
    row.seq, row.updated_at, row.digest, row.removal = sequence.last, now, document.digest, ""
    row.save()
    row.facets.all().delete()
    DocumentFacet.objects.bulk_create(
        DocumentFacet(document=row, name=name, value=value) for name, value in document.facets
    )
    row.dependencies.all().delete()
    DocumentDependency.objects.bulk_create(
        DocumentDependency(document=row, kind=kind, key=key) for kind, key in document.dependencies
    )


def _remove(row: PublishedDocument | None, sequence: Sequence, now: datetime) -> int:
    """Make a tombstone of a document that stood; returns how many."""
    if row is None or row.removal:
        return 0
    sequence.last += 1
    row.seq, row.updated_at, row.removal = sequence.last, now, _reason(row)
    row.digest = row.title = row.card = row.full = row.source_locale = ""
    row.published_at = row.content_updated_at = None
    row.save()
    row.facets.all().delete()
    row.dependencies.all().delete()
    return 1


def _reason(row: PublishedDocument) -> Removal:
    page = Page.objects.filter(
        translation_key=row.content_id, locale__language_code=row.locale, alias_of__isnull=True
    ).first()
    if page is None:
        return Removal.DELETED
    if is_restricted(page):
        return Removal.RESTRICTED
    if page.expired or (page.expire_at and page.expire_at <= timezone.now()):
        return Removal.EXPIRED
    return Removal.UNPUBLISHED


def contents_depending_on(kind: str, keys: Iterable[object]) -> set[UUID]:
    """The contents whose documents are made from one of these things."""
    wanted = DocumentDependency.objects.filter(kind=kind, key__in=[str(key) for key in keys])
    return set(wanted.values_list("document__content_id", flat=True))


def publish_with_dependents(content_ids: Iterable[UUID]) -> int:
    """As `publish_contents`, and the contents that link to these too."""
    content_ids = set(content_ids)
    return publish_contents(content_ids | contents_depending_on("content", content_ids))


def rebuild() -> int:
    """Make every document anew; returns how many differed from what was stored."""
    contents = set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    return publish_contents(contents | set(PublishedDocument.objects.values_list("content_id", flat=True)))
