"""The fields that the document of every content has, in its short form (card) and its full form (item)."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from core.content_types.schemas.blocks import Block, Image, LinkedContent
from core.content_types.schemas.values import Direction, Locale, Role


class Alternate(BaseModel):
    locale: Locale
    title: str
    html_url: str
    api_url: str
    content_updated_at: str | None


class Label(BaseModel):
    code: str
    label: str


class License(BaseModel):
    """A licence by its usual name, and where it can be read."""

    name: str
    url: str | None


class Rights(BaseModel):
    """The terms under which others may use the text. Null: nothing has been decided or said. Pictures and files
    may have terms of their own.
    """

    license: License | None
    terms_url: str | None
    copyright_holder: str | None
    credit_line: str | None = Field(description="How to name the source beside the text.")
    contact_email: str | None


class Card(BaseModel):
    """A content in short form. A type adds its name as `type`, and its own fields."""

    content_id: UUID
    role: Role = Field(
        description="What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a "
        "search or a form; `legal`, about the use of the site."
    )
    locale: Locale
    dir: Direction
    requested_locale: Locale
    is_fallback: bool
    seq: int
    updated_at: str
    title: str
    summary_text: str
    slug: str
    html_url: str
    api_url: str
    alternates: list[Alternate]
    x_default: str | None
    source_locale: Locale
    translation_status: Literal["source", "current", "outdated"]
    published_at: str | None
    content_updated_at: str | None
    lead_image: Image | None
    countries: list[Label]
    topics: list[Label]
    rights: Rights


class Full(BaseModel):
    """The fields of a full document in addition to those of its card."""

    body: list[Block]
    body_html: str
    parent: LinkedContent | None


class Correction(BaseModel):
    date: date
    text: str


class Corrected(Full):
    corrections: list[Correction]


# Keys that a response adds to the stored document: they depend on the request, or on when the document was stored.
ADDED_BY_ANSWERS = frozenset({"requested_locale", "is_fallback", "seq", "updated_at"})
