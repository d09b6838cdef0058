from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=capfirst(_("words")))
    attribution = blocks.CharBlock(label=capfirst(_("who said it")), required=False, max_length=255)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        return {"type": "quote", "text": value["text"], "attribution": value["attribution"]}

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's words, and who said them.")
        template = "blocks/quote.html"
        preview_value = {"text": "Words worth repeating.", "attribution": "A person, their role"}
