"""The schemas of the blocks of a text, and of the pictures, files and links in them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from core.content_types.schemas.values import Locale


class Rendition(BaseModel):
    name: str
    url: str
    width: int
    height: int
    mime: str
    webp_url: str | None = Field(
        default=None, description="The same in WebP, for whoever reads it. Documents made before there was one lack it."
    )


class FocalPoint(BaseModel):
    x: float
    y: float


class Image(BaseModel):
    alt: str
    decorative: bool
    caption: str
    credit: str
    focal_point: FocalPoint | None
    renditions: list[Rendition]
    square: Rendition | None = Field(
        default=None, description="Cut around the focal point. Documents made before there was one lack it."
    )


class File(BaseModel):
    title: str
    locale: Locale | None
    url: str
    filename: str
    mime: str
    bytes: int | None
    sha256: str


class LinkedContent(BaseModel):
    content_id: UUID
    locale: Locale
    title: str
    html_url: str
    api_url: str


class _Block(BaseModel):
    id: str


class ParagraphBlock(_Block):
    type: Literal["paragraph"]
    html: str


class HeadingBlock(_Block):
    type: Literal["heading"]
    text: str
    level: Literal[2, 3]


class ImageBlock(_Block):
    type: Literal["image"]
    image: Image | None


class QuoteBlock(_Block):
    type: Literal["quote"]
    text: str
    attribution: str


class Figure(BaseModel):
    """`as_of` and `source`: when and by whom it was counted; empty in figures from before they were asked for."""

    value: str
    label: str
    as_of: str
    source: str


class KeyFiguresBlock(_Block):
    type: Literal["key_figures"]
    figures: list[Figure]


class TableBlock(_Block):
    type: Literal["table"]
    caption: str
    header: list[str]
    rows: list[list[str]]
    first_column_is_header: bool


class DocumentsBlock(_Block):
    type: Literal["documents"]
    title: str
    documents: list[File]


class CallToActionBlock(_Block):
    type: Literal["call_to_action"]
    text: str
    label: str
    url: str | None
    page: LinkedContent | None


class RelatedPagesBlock(_Block):
    type: Literal["related_pages"]
    title: str
    pages: list[LinkedContent]


class EmbedBlock(_Block):
    type: Literal["embed"]
    url: str
    title: str
    description: str


class NoticeBlock(_Block):
    type: Literal["notice"]
    kind: Literal["info", "warning"]
    title: str
    html: str


Block = TypeAliasType(
    "Block",
    Annotated[
        ParagraphBlock | HeadingBlock | ImageBlock | QuoteBlock | KeyFiguresBlock | TableBlock | DocumentsBlock
        | CallToActionBlock | RelatedPagesBlock | EmbedBlock | NoticeBlock,
        Field(discriminator="type"),
    ],
)  # fmt: skip
