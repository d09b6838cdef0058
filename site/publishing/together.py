"""Publish all due languages of a content in one transaction and with one timestamp, or none of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from core.processing.unit_of_work import unit_of_work
from core.publication.contents import lock_content, pages_of
from core.publication.rules import Hold, PublicationRefused, Refusal, Version, rules

from .gate import verdict

logger = logging.getLogger(__name__)

_going_out: ContextVar[bool] = ContextVar("going_out", default=False)
# A page published by an editor while its other languages are overdue waits this long, so that the worker can publish
# them together.
_SOON = timedelta(seconds=15)


def due_contents() -> list[UUID]:
    """Return the contents with a due language, the longest overdue first."""
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at", "pk")
    numbers = [int(number) for number in due.values_list("object_id", flat=True)]
    content_of = dict(Page.objects.filter(pk__in=numbers).values_list("pk", "translation_key"))
    return list(dict.fromkeys(content_of[number] for number in numbers if number in content_of))


def publish_due(content_id: UUID, *, user: Any = None, wait: bool = True) -> bool:
    """Publish every due language of a content; return whether there was any.

    Raise PublicationRefused with the reasons of all languages, and publish none, if one of them may not be published.
    With `wait=False`, do nothing if someone else is working on the content.
    """
    with unit_of_work(), _publishing_together():
        if not wait and _is_taken(content_id):
            return False
        pages = lock_content(content_id)
        revisions = _due_revisions(pages)
        if not revisions or _another_follows(pages):
            return False
        began = timezone.now()
        _publish_all(revisions, user)
        _date_alike(revisions, began)
    return True


def with_its_languages(version: Version) -> Iterator[Hold]:
    """Hold a language that missed its time until the others that missed theirs go out (a rule of publication)."""
    page = version.page
    if _going_out.get() or page.pk is None or not _overdue([page.pk]).exists():
        return
    others = pages_of(page.translation_key).exclude(pk=page.pk).values_list("pk", flat=True)
    if _overdue(others).exists():
        yield Hold(timezone.now() + _SOON, _("it goes out within two minutes, together with its other languages."))


def refusals_of(content_id: UUID) -> list[Refusal]:
    """Return the objections to the due languages of a content, in the reader's language."""
    return _refusals(_due_revisions(list(pages_of(content_id))))


def _overdue(pages: Iterable[int]) -> Any:
    numbers = [str(number) for number in pages]
    return Revision.page_revisions.filter(object_id__in=numbers, approved_go_live_at__lt=timezone.now())


def _due_revisions(pages: list[Page]) -> list[Revision]:
    return list(_overdue(page.pk for page in pages).order_by("pk"))


def _is_taken(content_id: UUID) -> bool:
    """Return whether someone else has locked the content: its first page is enough, since locking starts there."""
    first = pages_of(content_id).values_list("pk", flat=True)[:1]
    return not list(Page.objects.filter(pk__in=list(first)).select_for_update(skip_locked=True, no_key=True))


def _another_follows(pages: list[Page]) -> bool:
    """Return whether a language is about to join those that are overdue."""
    now = timezone.now()
    numbers = [str(page.pk) for page in pages]
    return bool(
        Revision.page_revisions.filter(
            object_id__in=numbers, approved_go_live_at__gte=now, approved_go_live_at__lte=now + _SOON
        ).exists()
    )


def _publish_all(revisions: list[Revision], user: Any) -> None:
    refusals = _refusals(revisions, user)
    if refusals:
        raise PublicationRefused(refusals)
    for revision in revisions:
        revision.publish(user=user, log_action="wagtail.publish.scheduled")


def _refusals(revisions: list[Revision], user: Any = None) -> list[Refusal]:
    """Return the objections to the versions. One that cannot be read is refused as well."""
    found: list[Refusal] = []
    for revision in revisions:
        try:
            found += verdict(revision.as_object(), user).refusals
        except Exception:
            logger.exception("Revision %s could not be read and so not published on schedule", revision.pk)
            found.append(Refusal(revision.content_object, _("this version cannot be read; publish it again.")))
    return found


def _date_alike(revisions: list[Revision], began: datetime) -> None:
    """Give everything that went live the same publication time."""
    now = timezone.now()
    live = Page.objects.filter(live_revision__in=revisions)
    live.filter(first_published_at__gte=began).update(first_published_at=now)
    live.update(last_published_at=now)


@contextmanager
def _publishing_together() -> Iterator[None]:
    token = _going_out.set(True)
    try:
        yield
    finally:
        _going_out.reset(token)


rules.append(with_its_languages)
