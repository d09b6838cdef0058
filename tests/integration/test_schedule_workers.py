"""Several workers publish scheduled contents at the same time, and one is killed while it does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from tests.embargoes import again, drafts, live_in
from tests.factories import LANGUAGES
from tests.webhook_receiver import wait_until
from tests.worker_processes import StartWorker

pytestmark = pytest.mark.slow


def due(number: int) -> list[dict[str, Any]]:
    """Create a number of contents in three languages that have just become due."""
    contents = [drafts() for _ in range(number)]
    for pages in contents:
        for page in pages.values():
            page.go_live_at = timezone.now() + timedelta(days=1)
            page.save_revision().publish()
    moment = timezone.now() - timedelta(seconds=1)
    for revision in Revision.objects.filter(approved_go_live_at__gt=moment):
        revision.content["go_live_at"] = moment.isoformat()
        revision.approved_go_live_at = moment
        revision.save()
    return contents


def is_whole(pages: dict[str, Any]) -> bool:
    """Return whether all languages are published or none; since they are in one transaction, it must always be so."""
    numbers = [page.pk for page in pages.values()]
    return Page.objects.filter(pk__in=numbers, live=True).count() in (0, len(LANGUAGES))


def test_two_workers_publish_each_content_once_and_whole(start_worker: StartWorker) -> None:
    contents = due(4)
    for _ in range(2):
        start_worker("--every", "0.2")

    def all_out() -> bool:
        assert all(is_whole(pages) for pages in contents)
        return all(live_in(pages) == set(LANGUAGES) for pages in contents)

    wait_until(all_out)
    for pages in contents:
        assert len({page.first_published_at for page in again(pages).values()}) == 1
        published = PageLogEntry.objects.filter(
            page__in=[page.pk for page in pages.values()], action="wagtail.publish.scheduled"
        )
        assert published.count() == len(LANGUAGES)


def test_worker_that_is_killed_leaves_no_content_half_out(start_worker: StartWorker) -> None:
    contents = due(6)
    worker = start_worker("--every", "0.2")
    wait_until(lambda: any(live_in(pages) for pages in contents))
    worker.kill()
    worker.wait()
    assert all(is_whole(pages) for pages in contents)
    start_worker("--every", "0.2")
    wait_until(lambda: all(live_in(pages) == set(LANGUAGES) for pages in contents))
