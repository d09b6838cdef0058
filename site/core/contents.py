"""A content: the pages that say the same in each language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet


def pages_of(content_id: UUID) -> PageQuerySet:
    """The pages of a content in all languages, aliases included, with their languages, in the order of their keys."""
    pages: PageQuerySet = Page.objects.filter(translation_key=content_id, depth__gt=1)
    return pages.select_related("locale").order_by("pk")


def lock_content(content_id: UUID) -> list[Page]:
    """The pages of a content, locked until the transaction ends. Whoever changes several of them begins with this, so
    that two never wait for each other.
    """
    return list(pages_of(content_id).select_for_update(of=("self",), no_key=True))


def scheduled_revisions(page: Page) -> Any:
    """The revision of a page that waits for its time; a query set of one or none."""
    return Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
