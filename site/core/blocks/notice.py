from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json

from .rich_text import RichTextBlock

NOTICE_KINDS = [("info", _("Information")), ("warning", _("Warning"))]


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=capfirst(_("kind")), choices=NOTICE_KINDS, default="info")
    title = blocks.CharBlock(label=capfirst(_("title")), required=False, max_length=160)
    text = RichTextBlock(label=capfirst(_("text")))

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        text = builder.rich_text(value["text"].source)
        return {"type": "notice", "kind": value["kind"], "title": value["title"], "html": text}

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("Something that the reader must not miss.")
        template = "blocks/notice.html"
        preview_value = {
            "kind": "info",
            "title": "Please note",
            "text": "<p>Offices are closed on Friday.</p>",
        }
