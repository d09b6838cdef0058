"""Changes that affect too many contents for an editor to wait for: the worker rebuilds their documents.

Whatever the public may no longer see disappears in the transaction of the change; only what documents say about each
other (addresses, titles of parent pages, names of topics) follows later. A waiting content is a row that is written in
that transaction too and deleted in the one that rebuilds its documents, so nothing is lost or half done if a worker
dies, and several workers can run at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from core.models import ContentDocument, ContentImage, Topic

from .models import LargeChange, Opening, WaitingContent

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from .publish import Change

logger = logging.getLogger(__name__)

# Above this number of contents, the worker builds the documents. Three documents each, about 7 ms per document.
CONTENTS_AT_ONCE = 60
# How many contents the worker rebuilds in one transaction, which blocks editors who publish.
_IN_A_STEP = 25
# How long the worker leaves the lock to editors between two steps. SQLite polls for it at intervals of up to 100 ms.
_PAUSE_SECONDS = 0.2
# Editors are told that no worker is running after this long without progress.
STALLED_AFTER = timedelta(minutes=1)

# If several kinds of change happen at once, the first of these gives the change its name.
_BREADTH = ("everything", "office", "subtree", "topic", "image", "document", "content")
_MODELS: dict[str, type[Model]] = {
    "subtree": Page, "topic": Topic, "image": ContentImage, "document": ContentDocument,
}  # fmt: skip

_all_at_once: ContextVar[bool] = ContextVar("all_at_once", default=False)
_begun: ContextVar[list[LargeChange | Opening] | None] = ContextVar("begun", default=None)


@contextmanager
def all_at_once() -> Iterator[None]:
    """Leave nothing to the worker; for commands, which must have finished everything when they end."""
    token = _all_at_once.set(True)
    try:
        yield
    finally:
        _all_at_once.reset(token)


@contextmanager
def begun_here() -> Iterator[list[LargeChange | Opening]]:
    """Collect what is left to the worker inside this context, so that the editor can be told."""
    begun: list[LargeChange | Opening] = []
    token = _begun.set(begun)
    try:
        yield begun
    finally:
        _begun.reset(token)


def tell_of(change: LargeChange | Opening) -> None:
    """Record that the worker will finish this, so that the editor can be told."""
    begun = _begun.get()
    if begun is not None:
        begun.append(change)


def is_large(contents: int) -> bool:
    """Return whether a change of this many contents is left to the worker."""
    return contents > CONTENTS_AT_ONCE and not _all_at_once.get()


def begin(changes: set[Change], contents: set[UUID]) -> LargeChange:
    """Record that `changes` require the documents of `contents` to be rebuilt."""
    kind, key = min(changes, key=lambda change: (_BREADTH.index(change[0]), str(change[1])))
    model = _MODELS.get(kind)
    found = model._default_manager.filter(pk=key).first() if model else None
    change = LargeChange.objects.create(
        kind=kind,
        title=str(found or "")[:255],
        page=found if isinstance(found, Page) else None,
        user_id=getattr(get_active_log_context().user, "pk", None),
        pages=0,
    )
    waiting = [WaitingContent(change=change, content_id=content, pages=0) for content in contents]
    WaitingContent.objects.bulk_create(waiting, batch_size=1000)
    tell_of(change)
    return change


def count_pages(change: LargeChange, public: PageQuerySet) -> None:
    """Store how many of the `public` pages the change has, and how many each of its contents has."""
    of_content = public.filter(translation_key=OuterRef("content_id")).order_by().values("translation_key")
    count = of_content.annotate(count=Count("pk")).values("count")
    change.waiting.update(pages=Coalesce(Subquery(count), 0))
    change.pages = change.pages_left
    change.save(update_fields=["pages"])


class LargeChanges:
    """A follower that the worker runs in its own thread."""

    def __str__(self) -> str:
        return "Bringing documents up to date after a large change"

    def __call__(self) -> int:
        """Do one step, then leave room for editors; return how many contents were updated."""
        done = continue_large_changes()
        if done:
            time.sleep(_PAUSE_SECONDS)
        return done


def continue_large_changes() -> int:
    """Rebuild the documents of the next waiting contents; return how many. Return 0 if someone else is publishing."""
    wanted = _next()
    if not wanted:
        return 0
    try:
        return _step(wanted)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Documents could not be made; looking which")
        return _one_by_one(wanted)


def _next() -> list[UUID]:
    rows = WaitingContent.objects.order_by("failures", "pk").values_list("content_id", flat=True)[: _IN_A_STEP * 3]
    return list(dict.fromkeys(rows))[:_IN_A_STEP]


def _step(wanted: list[UUID]) -> int:
    from .publish import publish_where_free

    with transaction.atomic():
        if publish_where_free(wanted) is None:
            return 0
        waiting = WaitingContent.objects.filter(content_id__in=wanted)
        LargeChange.objects.filter(pk__in=waiting.values("change")).update(progressed_at=timezone.now())
        waiting.delete()
        LargeChange.objects.filter(~Exists(WaitingContent.objects.filter(change=OuterRef("pk")))).delete()
    return len(wanted)


def _one_by_one(wanted: list[UUID]) -> int:
    """Rebuild each content separately, so that one that fails does not hold up the others: it now comes last."""
    done = 0
    for content in wanted:
        try:
            done += _step([content])
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The documents of %s could not be made", content)
            WaitingContent.objects.filter(content_id=content).update(failures=F("failures") + 1)
    return done
