"""Contents: a content is the set of pages that say the same in each language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet


def pages_of(content_id: UUID) -> PageQuerySet:
    """Return the pages of a content in all languages, aliases included, with their locales, ordered by primary key."""
    pages: PageQuerySet = Page.objects.filter(translation_key=content_id, depth__gt=1)
    return pages.select_related("locale").order_by("pk")


def lock_content(content_id: UUID) -> list[Page]:
    """Return the pages of a content, locked until the transaction ends. Code that changes several of them calls this
    first, so that two transactions never deadlock.
    """
    return list(pages_of(content_id).select_for_update(of=("self",), no_key=True))


def scheduled_revisions(page: Page) -> Any:
    """Return the revision of a page that is scheduled to go live; a query set of one or none."""
    return Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
