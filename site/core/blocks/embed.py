from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json


class EmbedBlock(blocks.StructBlock):
    """A video, map or post on another site, as a described link: nothing is loaded from a third party."""

    url = blocks.URLBlock(label=capfirst(_("web address")))
    title = blocks.CharBlock(label=capfirst(_("title")), max_length=160)
    description = blocks.CharBlock(label=capfirst(_("description")), required=False, max_length=255)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        return {"type": "embed", **{name: value[name] for name in ("url", "title", "description")}}

    class Meta:
        icon = "media"
        label = _("Video or post elsewhere")
        description = _("A described link to a video, map or post on another site; nothing is loaded from there.")
        template = "blocks/embed.html"
        preview_value = {
            "url": "https://example.org/video",
            "title": "A video",
            "description": "Three minutes",
        }
