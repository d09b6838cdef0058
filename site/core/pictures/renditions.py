"""The sizes in which pictures are shown, and how to fetch those of many pictures at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model

if TYPE_CHECKING:
    from core.models import ContentImage

CARD = ("fill-480x270",)
LEAD = ("fill-480x270", "fill-800x450", "fill-1200x675")
IN_TEXT = ("width-480", "width-960")
SQUARE = "fill-480x480"
# Formats that every browser reads, and that partners get.
RENDITIONS = tuple(f"{size}|format-jpeg" for size in (*LEAD, *IN_TEXT))
# The same sizes a third smaller, for browsers that read AVIF.
SMALLER_RENDITIONS = tuple(f"{size}|format-avif" for size in (*LEAD, *IN_TEXT))
# What partners get in addition.
PARTNER_RENDITIONS = (f"{SQUARE}|format-jpeg", *(f"{size}|format-webp" for size in (*LEAD, *IN_TEXT, SQUARE)))
ALL_RENDITIONS = (*RENDITIONS, *SMALLER_RENDITIONS, *PARTNER_RENDITIONS)


def prefetch_renditions(pages: Iterable[Any]) -> None:
    """Fetch the renditions of the lead images of `pages` in one query."""
    images: list[ContentImage] = [page.lead_image for page in pages if page.lead_image_id]
    prefetch_related_objects(images, _renditions(RENDITIONS + SMALLER_RENDITIONS))


def images_with_renditions(numbers: Iterable[int | None]) -> dict[int, ContentImage]:
    """Return these images by number, with all renditions that pages and documents show, in two queries."""
    wanted = {number for number in numbers if number}
    found: dict[int, ContentImage] = (
        get_image_model().objects.prefetch_related(_renditions(ALL_RENDITIONS)).in_bulk(wanted)
    )
    return found


def _renditions(specifications: tuple[str, ...]) -> Prefetch:
    wanted = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specifications)
    return Prefetch("renditions", queryset=wanted, to_attr="prefetched_renditions")
