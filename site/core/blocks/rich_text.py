from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json

# Shared by the editor, the content bundle and the API.
RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]
# How deep lists may be nested in Wagtail's editor.
DEEPEST_LIST = 5


class RichTextBlock(blocks.RichTextBlock):
    """Paragraphs and lists."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        return {"type": "paragraph", "html": builder.rich_text(value.source)}

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists, with links.")
        template = "blocks/rich_text.html"
        preview_value = "<p>People move to, through and from the region, for mixed reasons.</p>"
