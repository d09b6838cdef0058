"""Changes that touch so many contents that no editor should wait for them: the worker makes their documents anew.

What the public may not see any more is gone in the transaction of the change; only what documents say of each other
(addresses, titles of the pages above, names of topics) comes later. A content that waits is a row, written in that
transaction too and deleted in the one that makes its documents; so nothing is lost or done half when a worker dies, and
several workers do no harm.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, Model, OuterRef
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from core.models import ContentDocument, ContentImage, Topic

from .models import LargeChange, Opening, WaitingContent

if TYPE_CHECKING:
    from .publish import Change

logger = logging.getLogger(__name__)

# From how many contents on the worker makes the documents. Three documents each, some 7 ms a document.
CONTENTS_AT_ONCE = 60
# How many the worker makes in one transaction, for which editors who publish wait.
_IN_A_STEP = 25
# How long it leaves the lock to editors between two steps. SQLite asks for it in intervals of up to 100 ms.
_PAUSE_SECONDS = 0.2
# Without progress for that long, editors are told that no worker runs.
STALLED_AFTER = timedelta(minutes=1)

# Of several kinds of change at once, the first one names it.
_BREADTH = ("everything", "office", "subtree", "topic", "image", "document", "content")
_MODELS: dict[str, type[Model]] = {
    "subtree": Page, "topic": Topic, "image": ContentImage, "document": ContentDocument,
}  # fmt: skip

_all_at_once: ContextVar[bool] = ContextVar("all_at_once", default=False)
_begun: ContextVar[list[LargeChange | Opening] | None] = ContextVar("begun", default=None)


@contextmanager
def all_at_once() -> Iterator[None]:
    """Leave nothing to the worker: for commands, whose end means that all is done."""
    token = _all_at_once.set(True)
    try:
        yield
    finally:
        _all_at_once.reset(token)


@contextmanager
def begun_here() -> Iterator[list[LargeChange | Opening]]:
    """What the worker is left to finish from here on, for whoever tells the editor."""
    begun: list[LargeChange | Opening] = []
    token = _begun.set(begun)
    try:
        yield begun
    finally:
        _begun.reset(token)


def tell_of(change: LargeChange | Opening) -> None:
    """Let the editor know that the worker is to finish this."""
    begun = _begun.get()
    if begun is not None:
        begun.append(change)


def is_large(contents: int) -> bool:
    """Whether a change of so many contents is left to the worker."""
    return contents > CONTENTS_AT_ONCE and not _all_at_once.get()


def begin(changes: set[Change], contents: set[UUID], pages: Mapping[UUID, int]) -> None:
    """Write down that the documents of `contents` are to be made anew, because of `changes`. `pages`: of each."""
    kind, key = min(changes, key=lambda change: (_BREADTH.index(change[0]), str(change[1])))
    model = _MODELS.get(kind)
    found = model._default_manager.filter(pk=key).first() if model else None
    change = LargeChange.objects.create(
        kind=kind,
        title=str(found or "")[:255],
        page=found if isinstance(found, Page) else None,
        user_id=getattr(get_active_log_context().user, "pk", None),
        pages=sum(pages.values()),
    )
    waiting = [WaitingContent(change=change, content_id=content, pages=pages.get(content, 0)) for content in contents]
    WaitingContent.objects.bulk_create(waiting, batch_size=1000)
    tell_of(change)


class LargeChanges:
    """Follows in the worker, in a thread of its own."""

    def __str__(self) -> str:
        return "Bringing documents up to date after a large change"

    def __call__(self) -> int:
        """Do a step, then leave room for editors; returns how many contents were brought up to date."""
        done = continue_large_changes()
        if done:
            time.sleep(_PAUSE_SECONDS)
        return done


def continue_large_changes() -> int:
    """Make the documents of the next contents that wait; returns of how many. 0 where somebody else is publishing."""
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
    """So that a content of which no document can be made holds up no other: it comes last from now on."""
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
