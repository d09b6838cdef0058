"""Update published documents to match the pages, in the transaction that changes the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page, Site

from core.languages.restrictions import restricted_paths
from core.languages.versions import public_pages
from core.processing.in_parts import in_parts
from core.web.request_memory import request_memory

from . import large_changes
from .documents import BuiltDocument, build_documents
from .models import DocumentDependency, LargeChange, PublishedDocument, Removal, Sequence
from .rows import bury, update_silently, write
from .texts import Key, write_texts

# A change, as (kind, key). The key is an id for a content; the primary key of the top page for a subtree; a primary
# key for an image, document or topic; a language for office; and empty for everything.
Change = tuple[str, object]
Progress = Callable[[int, int], None]

# How many contents a rebuild processes in one transaction, while editors wait.
CONTENTS_AT_ONCE = 100
_BUILT = ("type", "digest", "path_digest", "title", "source_locale", "published_at", "content_updated_at", "expires_at",
          "page_number", "card", "full", "card_picture")  # fmt: skip


@transaction.atomic
def publish_changes(changes: Iterable[Change]) -> int:
    """Update the documents of all contents that these changes touch to what the public may see now; return how many
    documents changed.

    The lock on the sequence comes first: anyone else who changes content waits until this transaction ends and then
    sees its result. So no dependent is missed, no document is built from halves of two changes, and no change gets a
    `seq` lower than one that a reader has already seen.

    If more contents are touched than an editor waits for, only the tombstones and the documents of what was changed
    itself are written now; the worker builds the others (publishing.large_changes).
    """
    changes = set(changes)
    if not changes:
        return 0
    sequence = _locked_sequence()
    contents = _contents_touched_by(changes)
    if not large_changes.is_large(len(contents)):
        return _publish(contents, sequence)
    now = {key for kind, key in changes if kind == "content" and isinstance(key, UUID)}
    now = set() if large_changes.is_large(len(now)) else now
    hidden = _hide(large_changes.begin(changes, contents - now), sequence)
    return hidden + _publish(now, sequence)


@transaction.atomic
def publish_contents(content_ids: Iterable[UUID]) -> int:
    """Rebuild the documents of exactly these contents; return how many changed."""
    sequence = _locked_sequence()
    return _publish(set(content_ids), sequence)


@transaction.atomic
def publish_where_free(content_ids: Iterable[UUID]) -> int | None:
    """Like `publish_contents`, but return None instead of waiting if someone else is publishing."""
    Sequence.objects.get_or_create(pk=1)
    sequence = Sequence.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    return _publish(set(content_ids), sequence) if sequence else None


def publish_expired() -> int:
    """Turn expired documents into tombstones; return how many."""
    due = PublishedDocument.objects.filter(expires_at__lte=timezone.now())
    content_ids = list(due.values_list("content_id", flat=True))
    return publish_changes(("content", content_id) for content_id in content_ids)


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Rebuild every document; return how many differed from the stored ones."""
    contents = set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    wanted = sorted(contents | set(PublishedDocument.objects.values_list("content_id", flat=True)))
    changed = 0
    for start in range(0, len(wanted), CONTENTS_AT_ONCE):
        changed += publish_contents(wanted[start : start + CONTENTS_AT_ONCE])
        progress(min(start + CONTENTS_AT_ONCE, len(wanted)), len(wanted))
    return changed


def _locked_sequence() -> Sequence:
    """Return the sequence row, locked until the end of the transaction."""
    locked = Sequence.objects.select_for_update()
    return locked.filter(pk=1).first() or locked.get(pk=Sequence.objects.get_or_create(pk=1)[0].pk)


def _contents_touched_by(changes: set[Change]) -> set[UUID]:
    keys: dict[str, set[object]] = {}
    for kind, key in changes:
        keys.setdefault(kind, set()).add(key)
    pages = Page.objects.filter(depth__gt=1)
    if "everything" in keys:
        return set(pages.values_list("translation_key", flat=True))
    contents: set[UUID] = keys.pop("content", set())  # type: ignore[assignment]
    tops = keys.pop("subtree", set())
    for path in Page.objects.filter(pk__in=tops).values_list("path", flat=True) if tops else ():
        contents |= set(pages.filter(path__startswith=path).values_list("translation_key", flat=True))
    return contents | contents_depending_on({**keys, "content": set(contents)})


def contents_depending_on(keys: dict[str, set[object]]) -> set[UUID]:
    """Return the contents whose documents are built from any of these; `keys` are grouped by kind."""
    found: set[UUID] = set()
    for kind, of_kind in keys.items():
        for part in in_parts(str(key) for key in of_kind):
            rows = DocumentDependency.objects.filter(kind=kind, key__in=part)
            found |= set(rows.values_list("document__content_id", flat=True))
    return found


def _hide(change: LargeChange, sequence: Sequence) -> int:
    """Turn documents of the waiting contents that are no longer public into tombstones, without building anything.

    Return how many. The database compares, so that of a section that is renamed, where all stays, nothing is read.
    """
    Site.clear_site_root_paths_cache()
    with request_memory():
        public = public_pages(Page.objects.filter(depth__gt=1))
        large_changes.count_pages(change, public)
        version = public.filter(translation_key=OuterRef("content_id"), locale__language_code=OuterRef("locale"))
        standing = PublishedDocument.objects.filter(removal="", content_id__in=change.waiting.values("content_id"))
        gone = list(standing.filter(~Exists(version)).only("content_id", "locale", "type"))
        _bury(gone, sequence)
    return len(gone)


def _publish(content_ids: set[UUID], sequence: Sequence) -> int:
    """Write what differs. The number of queries does not grow with the number of contents."""
    Site.clear_site_root_paths_cache()
    with request_memory():
        built = build_documents(content_ids)
        rows = PublishedDocument.objects.filter(content_id__in=content_ids).defer("card", "full")
        stored = {(row.content_id, row.locale): row for row in rows}
        changed = list(_upserts(built, stored))
        gone = [row for key, row in stored.items() if key not in built and not row.removal]
        write_texts(document.text for document in built.values() if document.text)
        standing = [(row, built[key]) for key, row in stored.items() if key in built and not row.removal]
        update_silently(standing, sequence)
        if changed:
            write(changed, built, sequence)
        _bury(gone, sequence)
    return len(changed) + len(gone)


def _upserts(built: dict[Key, BuiltDocument], stored: dict[Key, PublishedDocument]) -> Iterator[PublishedDocument]:
    for (content_id, locale), document in built.items():
        row = stored.get((content_id, locale))
        if row is None or row.removal or row.digest != document.digest:
            values = {name: getattr(document, name) for name in _BUILT}
            yield PublishedDocument(content_id=content_id, locale=locale, **values)


def _bury(gone: list[PublishedDocument], sequence: Sequence) -> None:
    """Turn documents into tombstones, which only say that the document is gone, and why."""
    if not gone:
        return
    contents, languages = {row.content_id for row in gone}, {row.locale for row in gone}
    pages = Page.objects.filter(translation_key__in=contents, locale__language_code__in=languages, alias_of=None)
    # Only these columns, not whole pages: there may be thousands.
    known = pages.values_list("translation_key", "locale__language_code", "path", "expired", "expire_at")
    reasons = {(content, language): _reason(*why) for content, language, *why in known}
    for row in gone:
        row.removal = reasons.get((row.content_id, row.locale), Removal.DELETED)
    bury(gone, sequence)


def _reason(path: str, expired: bool, expire_at: datetime | None) -> Removal:
    """Return why a page that still exists is not public."""
    if any(path.startswith(restricted) for restricted in restricted_paths()):
        return Removal.RESTRICTED
    if expired or (expire_at and expire_at <= timezone.now()):
        return Removal.EXPIRED
    return Removal.UNPUBLISHED
