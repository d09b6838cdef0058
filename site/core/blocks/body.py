from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamBlock

from core.content_types.builder import DocumentBuilder, Json

from .call_to_action import CallToActionBlock
from .documents import DocumentsBlock
from .embed import EmbedBlock
from .heading import HeadingBlock
from .image import ImageBlock
from .key_figures import KeyFiguresBlock
from .notice import NoticeBlock
from .quote import QuoteBlock
from .related_pages import RelatedPagesBlock
from .rich_text import RichTextBlock
from .table import TableBlock


class BodyBlock(StreamBlock):
    """The body of every page."""

    rich_text = RichTextBlock()
    heading = HeadingBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    key_figures = KeyFiguresBlock()
    table = TableBlock()
    documents = DocumentsBlock()
    call_to_action = CallToActionBlock()
    related_pages = RelatedPagesBlock()
    embed = EmbedBlock()
    notice = NoticeBlock()

    def to_document(self, value: Any, builder: DocumentBuilder) -> list[Json]:
        """Return the blocks of a body, each as {"type": …, "id": …} with the fields of its type."""
        return [{"id": block.id, **block.block.to_document(block.value, builder)} for block in value]

    class Meta:
        required = False
