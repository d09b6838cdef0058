from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

from core.content_types.builder import DocumentBuilder, Json


class ImageBlock(blocks.StructBlock):
    """A picture with its alternative text (or "decorative") and caption; the credit comes with the picture."""

    image = WagtailImageBlock(label=capfirst(_("picture")))
    caption = blocks.CharBlock(label=capfirst(_("caption")), required=False, max_length=255)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        image = value["image"]
        alt = getattr(image, "contextual_alt_text", None) or ""
        shown = builder.image(image, alt, bool(getattr(image, "decorative", False)), value["caption"])
        return {"type": "image", "image": shown}

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a caption and its credit.")
        template = "blocks/image.html"
