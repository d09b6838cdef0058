"""The sizes in which pictures are shown, and how to ask for those of many pictures at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects

if TYPE_CHECKING:
    from core.models import ContentImage

# As the templates write them: components/card.html, components/lead_image.html, blocks/image.html.
RENDITIONS = (
    "fill-480x270|format-jpeg",
    "fill-800x450|format-jpeg",
    "fill-1200x675|format-jpeg",
    "width-480|format-jpeg",
    "width-960|format-jpeg",
)


def prefetch_renditions(pages: Iterable[Any]) -> None:
    """Ask for the renditions of the lead images of `pages` in one query."""
    from core.models import ContentRendition

    images: list[ContentImage] = [page.lead_image for page in pages if page.lead_image_id]
    wanted = ContentRendition.objects.filter(filter_spec__in=RENDITIONS)
    prefetch_related_objects(images, Prefetch("renditions", queryset=wanted, to_attr="prefetched_renditions"))
