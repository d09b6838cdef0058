"""A content: the pages that say the same in each language."""

from __future__ import annotations

from uuid import UUID

from wagtail.models import Page


def lock_content(content_id: UUID) -> list[Page]:
    """The pages of a content, locked until the transaction ends. Whoever changes several of them begins with this, so
    that two never wait for each other.
    """
    pages = Page.objects.filter(translation_key=content_id, depth__gt=1).select_related("locale").order_by("pk")
    return list(pages.select_for_update(of=("self",), no_key=True))
