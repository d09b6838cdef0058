from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=capfirst(_("heading")), max_length=160)
    level = blocks.ChoiceBlock(
        label=capfirst(_("level")), choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2"
    )

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        return {"type": "heading", "text": value["text"], "level": int(value["level"])}

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("The title of a section, or of a part of one.")
        template = "blocks/heading.html"
        preview_value = {"text": "What the office does", "level": "2"}
