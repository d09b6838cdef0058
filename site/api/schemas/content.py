"""What a content is made of: cards, whole items, pictures, files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, create_model
from typing_extensions import TypeAliasType

from .blocks import Block, File, Image, LinkedContent
from .values import Direction, Locale, Role


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


class _Card(BaseModel):
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


class PageCard(_Card):
    type: Literal["page"]


class ProgrammeCard(_Card):
    type: Literal["programme"]


class NewsCard(_Card):
    type: Literal["news"]
    date: date


class PressReleaseCard(_Card):
    type: Literal["press_release"]
    date: date
    dateline: str


class PublicationCard(_Card):
    type: Literal["publication"]
    issued: date
    revised: date | None
    series: str | None
    isbn: str | None
    doi: str | None
    languages: list[Locale]
    file: File | None


class _Full(BaseModel):
    body: list[Block]
    body_html: str
    parent: LinkedContent | None


class Correction(BaseModel):
    date: date
    text: str


class _Corrected(_Full):
    corrections: list[Correction]


class PageItem(_Full, PageCard):
    pass


class ProgrammeItem(_Full, ProgrammeCard):
    contact: LinkedContent | None


class NewsItem(_Corrected, NewsCard):
    pass


class Contact(BaseModel):
    name: str
    role: str | None
    email: str | None
    phone: str | None


class OriginalPicture(BaseModel):
    url: str
    filename: str
    mime: str
    width: int
    height: int
    bytes: int | None


class PressPicture(Image):
    copyright_notice: str
    original: OriginalPicture


class PressReleaseItem(_Corrected, PressReleaseCard):
    embargo_until: str | None
    pictures: list[PressPicture]
    contacts: list[Contact]
    boilerplate: str
    press_kit: str


class Author(BaseModel):
    name: str
    orcid: str | None


class PublicationItem(_Corrected, PublicationCard):
    authors: list[Author]
    files: list[File]


Card = TypeAliasType(
    "Card",
    Annotated[PageCard | ProgrammeCard | NewsCard | PressReleaseCard | PublicationCard, Field(discriminator="type")],
)
Item = TypeAliasType(
    "Item",
    Annotated[PageItem | ProgrammeItem | NewsItem | PressReleaseItem | PublicationItem, Field(discriminator="type")],
)


class _Partial(BaseModel):
    """Only the keys asked for by `fields`; those of the item's type that it has."""

    model_config = ConfigDict(extra="forbid")


def _partial(*models: type[BaseModel]) -> type[BaseModel]:
    """A model that may have any key of these, each of the types that it has in any of them."""
    kinds: dict[str, Any] = {}
    for model in models:
        for name, field in model.model_fields.items():
            kinds[name] = kinds[name] | field.annotation if name in kinds else field.annotation
    keys: dict[str, Any] = {name: (kind, Field(None)) for name, kind in kinds.items()}
    return create_model("PartialCard", __base__=_Partial, **keys)


PartialCard: Any = _partial(PageCard, ProgrammeCard, NewsCard, PressReleaseCard, PublicationCard)
