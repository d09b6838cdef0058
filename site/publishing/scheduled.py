"""Pages whose time has come: they go live or expire, and their documents follow in the same transaction.

This does the work of Wagtail's command `publish_scheduled`, but with one transaction per content and all of its due
languages. So the languages are published together, several workers share the work, a content that fails does not hold
up the others, and editors never wait for more than one.
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

from core.processing.background import chores
from core.processing.unit_of_work import unit_of_work
from core.publication.rules import PublicationRefused

from .missed import forget_settled, remember
from .models import TOMBSTONES_KEPT, PublishedDocument
from .publish import publish_expired
from .together import due_contents, publish_due
from .webhooks.queue import purge_log

logger = logging.getLogger(__name__)

Failed = set[tuple[type, Any]]
# A tombstone is dated before its transaction is committed, and no transaction lasts a day.
_COMMITTED_BY_THEN = timedelta(days=1)


def expire_next(failed: Failed) -> bool:
    """Unpublish one expired page; return whether there was one. Skip what is in `failed`."""
    pages = [Page, *(model for model in apps.get_models() if _has_drafts(model))]
    due = (model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at") for model in pages)
    return any(_do_next(query, _expire, failed) for query in due)


def publish_next(failed: Failed) -> bool:
    """Publish one due content in all languages that are due; return whether there was one. Skip what is in `failed`."""
    content_id = next((found for found in due_contents() if (Page, found) not in failed), None)
    if content_id is None:
        due = Revision.objects.not_page_revisions().filter(approved_go_live_at__lt=timezone.now())
        return _do_next(due.order_by("approved_go_live_at"), _publish, failed)
    # One attempt per round is enough, whatever the result: another worker or an editor may be working on it.
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
    """Delete the tombstones that every valid cursor of the change feed has passed; return how many."""
    before = timezone.now() - TOMBSTONES_KEPT - _COMMITTED_BY_THEN
    old = PublishedDocument.objects.exclude(removal="").filter(updated_at__lt=before)
    return old.delete()[1].get(PublishedDocument._meta.label, 0) if old.exists() else 0


class Chores:
    """Periodic work, in steps short enough not to delay deliveries for long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.done = 0
        self._due: list[Callable[[], object]] = []

    def begin(self) -> None:
        """Begin a round."""
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
        """Do one step; return whether any of the round was left to do."""
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
    """Run `do` on the first due object that no other worker has locked; return whether there was one."""
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
