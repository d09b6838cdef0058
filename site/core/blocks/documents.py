from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from core.content_types.builder import DocumentBuilder, Json

from .labelled import LabelledStructBlock


class DocumentItemBlock(LabelledStructBlock):
    document = DocumentChooserBlock(label=capfirst(_("file")))
    title = blocks.CharBlock(
        label=capfirst(_("title")), required=False, max_length=160, help_text=_("Empty: the file's own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("File")


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=capfirst(_("heading")), required=False, max_length=160)
    files = blocks.ListBlock(DocumentItemBlock(), label=capfirst(_("files")), min_num=1)

    def to_document(self, value: Any, builder: DocumentBuilder) -> Json:
        files = [builder.file(item["document"], item["title"]) for item in value["files"]]
        return {"type": "documents", "title": value["title"], "documents": [file for file in files if file]}

    class Meta:
        icon = "doc-full-inverse"
        label = _("Files")
        description = _("Files to download, with their kind, size and language.")
        template = "blocks/documents.html"
