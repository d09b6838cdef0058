"""Pages whose time has come: they go live or expire, and their documents follow in the same transaction.

As Wagtail's own command `publish_scheduled`, but one content a transaction with all of its languages that are due, so
that they come out together, several workers share the work, a content that fails holds up no other, and editors never
wait for more than one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from core.background import chores
from core.publication import PublicationRefused
from core.unit_of_work import unit_of_work

from .missed import forget_settled, remember
from .models import TOMBSTONES_KEPT, PublishedDocument
from .publish import publish_expired
from .together import due_contents, publish_due
from .webhooks.queue import purge_log

logger = logging.getLogger(__name__)

Failed = set[tuple[type, Any]]
# A tombstone's time is taken before its transaction is committed, and no transaction lasts a day.
_COMMITTED_BY_THEN = timedelta(days=1)


def expire_next(failed: Failed) -> bool:
    """Unpublish one page whose expiry has come; returns whether there was one. `failed`: not to be tried again now."""
    pages = [Page, *(model for model in apps.get_models() if _has_drafts(model))]
    due = (model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at") for model in pages)
    return any(_do_next(query, _expire, failed) for query in due)


def publish_next(failed: Failed) -> bool:
    """Publish one content whose time has come, in all languages that are due; returns whether there was one.
    `failed`: not to be tried again now.
    """
    content_id = next((found for found in due_contents() if (Page, found) not in failed), None)
    if content_id is None:
        due = Revision.objects.not_page_revisions().filter(approved_go_live_at__lt=timezone.now())
        return _do_next(due.order_by("approved_go_live_at"), _publish, failed)
    # Whatever comes of it, once in a round is enough: another worker may be at it, or an editor.
    failed.add((Page, content_id))
    try:
        publish_due(content_id, wait=False)
    except PublicationRefused as refused:
        logger.warning("Content %s could not be published on schedule: %s", content_id, "; ".join(refused.messages))
        remember(content_id)
    except OperationalError:
        logger.exception("Content %s was not published in this round; the next tries again", content_id)
    except Exception as error:
        logger.exception("Content %s could not be published on schedule", content_id)
        remember(content_id, failure=type(error).__name__)
    return True


def purge_tombstones() -> int:
    """Delete the tombstones that no valid cursor of the change feed may still miss; returns how many."""
    before = timezone.now() - TOMBSTONES_KEPT - _COMMITTED_BY_THEN
    old = PublishedDocument.objects.exclude(removal="").filter(updated_at__lt=before)
    return old.delete()[1].get(PublishedDocument._meta.label, 0) if old.exists() else 0


class Chores:
    """What is to be done at intervals, in steps short enough that deliveries never wait long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.done = 0
        self._due: list[Callable[[], object]] = []

    def begin(self) -> None:
        """A round is due."""
        failed: Failed = set()
        self._due = [
            lambda: expire_next(failed),
            lambda: publish_next(failed),
            forget_settled,
            publish_expired,
            purge_tombstones,
            purge_log,
            *chores,
        ]

    def step(self) -> bool:
        """Do one thing; returns whether anything of the round was left to do."""
        if not self._due:
            return False
        if self._due[0]():
            self.done += 1
        else:
            self._due.pop(0)
        return True


def _has_drafts(model: type) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _do_next(due: QuerySet, do: Callable[[Any], object], failed: Failed) -> bool:
    """Do it to the first that is due and that no other worker is at; returns whether there was one."""
    due = due.exclude(pk__in=[number for model, number in failed if model is due.model])
    if not due.exists():
        return False
    number = None
    try:
        with unit_of_work():
            found = due.select_for_update(skip_locked=True).first()
            if found is None:
                return False
            number = found.pk
            do(found)
    except Exception:
        if number is None:
            raise
        failed.add((due.model, number))
        logger.exception("%s %s could not be published or expired on schedule", due.model._meta.label, number)
    return True


def _expire(page: Any) -> None:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Any) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
