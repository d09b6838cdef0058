from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.content_types.builder import DocumentBuilder, Json
from core.languages.versions import in_reader_language


class RelatedPagesBlock(blocks.StructBlock):
    """Links to other pages of the site. Each is shown in the reader's language if it exists in that language."""

    title = blocks.CharBlock(label=capfirst(_("heading")), required=False, max_length=160)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=capfirst(_("page"))), label=capfirst(_("pages")), min_num=1)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        pages = [page for page in value.get("pages", []) if page]
        context["pages"] = in_reader_language(pages)
        return context

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        pages = [builder.page(page) for page in value["pages"]]
        return {"type": "related_pages", "title": value["title"], "pages": [page for page in pages if page]}

    class Meta:
        icon = "list-ul"
        label = _("Related pages")
        description = _("Links to other pages of this site.")
        template = "blocks/related_pages.html"
