"""The contract in types: what may be asked, and what is answered. The OpenAPI document is made from these.

Answers are built as text when content is published and are not validated on the way out; the tests validate every
answer against these schemas.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Locale = Literal["ar", "en", "fr"]
Type = Literal["news", "press_release", "publication", "programme", "page"]
CardField = Literal[
    "content_id", "type", "locale", "dir", "requested_locale", "is_fallback", "title", "summary_text", "slug", "html_url",
    "api_url", "alternates", "x_default", "source_locale", "translation_status", "published_at", "content_updated_at",
    "updated_at", "seq", "lead_image", "countries", "topics", "date", "dateline", "issued", "revised", "series", "isbn",
    "doi", "languages", "file",
]  # fmt: skip
_CODE = "[a-z0-9]+(?:-[a-z0-9]+)*"
_FIELDS = "|".join(CardField.__args__)  # type: ignore[attr-defined]

TypeFilter = Annotated[str, Field(pattern=rf"^-?(?:{'|'.join(Type.__args__)})(?:,-?(?:{'|'.join(Type.__args__)}))*$")]  # type: ignore[attr-defined]
TopicFilter = Annotated[str, Field(pattern=rf"^(?:-?{_CODE}|_none)(?:,(?:-?{_CODE}|_none))*$", max_length=500)]
CountryFilter = Annotated[str, Field(pattern=r"^(?:-?[A-Z]{3}|_none)(?:,(?:-?[A-Z]{3}|_none))*$", max_length=500)]
YearFilter = Annotated[str, Field(pattern=r"^-?[0-9]{4}(?:,-?[0-9]{4})*$", max_length=100)]
FacetList = Annotated[
    str,
    Field(
        pattern=r"^(?:type|country|topic|year)(?::[1-9][0-9]?)?(?:,(?:type|country|topic|year)(?::[1-9][0-9]?)?)*$",
        max_length=100,
    ),
]
FieldList = Annotated[str, Field(pattern=rf"^(?:{_FIELDS})(?:,(?:{_FIELDS}))*$", max_length=1000)]
Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]+$", min_length=1, max_length=600)]


class Parameters(Schema):
    """Base of all parameters: one that is not declared is refused (api.parameters)."""

    model_config = ConfigDict(extra="forbid")


class LocaleParameters(Parameters):
    locale: Locale = Field("en", description="The language of the answer; never taken from headers or cookies.")


class ItemParameters(LocaleParameters):
    fallback: Locale | None = Field(
        None, description="The language to answer in where the content does not exist in `locale`; the item says so."
    )


class ItemFilters(LocaleParameters):
    """Values separated by commas or repeated: any of them. A minus before a value: none of them. `_none`: has none."""

    topic: list[TopicFilter] = Field([], description="Codes of topics, from /vocabularies/topics.")
    country: list[CountryFilter] = Field([], description="ISO 3166-1 alpha-3 codes.")
    year: list[YearFilter] = Field([], description="Years of publication, in the office's time zone.")
    published_from: date | None = Field(None, description="A day in the office's time zone, included.")
    published_to: date | None = Field(None, description="A day, included.")
    updated_from: date | None = Field(
        None, description="A day, included; also changes of pictures, topics and files count."
    )
    updated_to: date | None = Field(None, description="A day, included.")


class ListParameters(ItemFilters):
    sort: Literal["-published_at", "published_at", "-updated_at", "title"] = "-published_at"
    limit: int = Field(20, ge=0, le=100, description="0: only total and facets.")
    cursor: Cursor | None = Field(None, description="From links.next of the page before.")
    view: Literal["card", "full"] = "card"
    fields: FieldList | None = Field(None, description="Only these keys of each card, separated by commas.")
    facets: FacetList | None = Field(None, description="Facets to count, each with how many values: country:30,topic")


class AllTypesParameters(ListParameters):
    type: list[TypeFilter] = Field([], description="Types of content.")


class ChangesParameters(Parameters):
    since: Cursor | None = Field(None, description="next_since of an earlier answer; without it, a snapshot begins.")
    locale: Locale | None = Field(None, description="Only this language; all without it.")
    type: Type | None = None
    limit: int = Field(500, ge=1, le=500)
    include: Literal["none", "card", "full"] = "none"


class ResolveParameters(Parameters):
    url: str = Field(min_length=1, max_length=2000, description="An address or a path of this site.")


class Rendition(Schema):
    name: str
    url: str
    width: int
    height: int
    mime: str


class FocalPoint(Schema):
    x: float
    y: float


class Image(Schema):
    alt: str
    decorative: bool
    caption: str
    credit: str
    focal_point: FocalPoint | None
    renditions: list[Rendition]


class File(Schema):
    title: str
    locale: Locale | None
    url: str
    filename: str
    mime: str
    bytes: int | None
    sha256: str


class LinkedContent(Schema):
    content_id: UUID
    locale: Locale
    title: str
    html_url: str
    api_url: str


class Alternate(Schema):
    locale: Locale
    title: str
    html_url: str
    api_url: str
    content_updated_at: str | None


class Label(Schema):
    code: str
    label: str


class _Card(Schema):
    content_id: UUID
    locale: Locale
    dir: Literal["rtl", "ltr"]
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


class _Block(Schema):
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


class Figure(Schema):
    value: str
    label: str


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


Block = Annotated[
    ParagraphBlock | HeadingBlock | ImageBlock | QuoteBlock | KeyFiguresBlock | TableBlock | DocumentsBlock
    | CallToActionBlock | RelatedPagesBlock | EmbedBlock | NoticeBlock,
    Field(discriminator="type"),
]  # fmt: skip


class _Full(Schema):
    body: list[Block]
    body_html: str
    parent: LinkedContent | None


class PageItem(_Full, PageCard):
    pass


class ProgrammeItem(_Full, ProgrammeCard):
    contact: LinkedContent | None


class NewsItem(_Full, NewsCard):
    pass


class Contact(Schema):
    name: str
    role: str | None
    email: str | None
    phone: str | None


class PressReleaseItem(_Full, PressReleaseCard):
    contacts: list[Contact]


class Author(Schema):
    name: str
    orcid: str | None


class PublicationItem(_Full, PublicationCard):
    authors: list[Author]
    files: list[File]


Card = Annotated[PageCard | ProgrammeCard | NewsCard | PressReleaseCard | PublicationCard, Field(discriminator="type")]
Item = Annotated[PageItem | ProgrammeItem | NewsItem | PressReleaseItem | PublicationItem, Field(discriminator="type")]


class PartialCard(Schema):
    """A card with only the keys asked for by `fields`."""

    model_config = ConfigDict(extra="allow")


class FacetValue(Schema):
    value: str
    label: str
    count: int
    selected: bool


class Facet(Schema):
    values: list[FacetValue]
    missing: int


class ListMeta(Schema):
    total: int
    limit: int
    as_of_seq: int


class ListLinks(Schema):
    self: str
    first: str
    next: str | None


class ItemList(Schema):
    meta: ListMeta
    links: ListLinks
    items: list[Item | Card | PartialCard]
    facets: dict[str, Facet]


class Translations(Schema):
    items: list[Item]


class Change(Schema):
    seq: int
    op: Literal["upsert", "delete"]
    content_id: UUID
    locale: Locale
    type: Type
    updated_at: str
    etag: str | None = None
    reason: Literal["unpublished", "deleted", "restricted", "expired"] | None = None
    item: Any = None


class Changes(Schema):
    changes: list[Change]
    next_since: str
    has_more: bool


class Resolution(Schema):
    status: Literal["found", "moved"]
    content_id: UUID
    locale: Locale
    html_url: str
    api_url: str


class Term(Schema):
    code: str
    labels: dict[Locale, str]


class Vocabulary(Schema):
    terms: list[Term]


class MenuItem(Schema):
    content_id: UUID
    title: str
    html_url: str
    api_url: str
    in_menu: bool
    children: list[MenuItem]


class Navigation(Schema):
    locale: Locale
    dir: Literal["rtl", "ltr"]
    items: list[MenuItem]


class ProblemError(Schema):
    code: str
    detail: str
    parameter: str | None = None
    pointer: str | None = None


class ProblemDocument(Schema):
    """RFC 9457, media type application/problem+json."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError]
