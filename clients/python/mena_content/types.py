"""The types of the content API, made from its OpenAPI document by `make clients`. Do not edit."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict

ContentType: TypeAlias = Literal["news", "press_release", "publication", "event", "programme", "page"]

Locale: TypeAlias = Literal["ar", "en", "fr"]


class Alternate(TypedDict):
    """An object of the API."""

    locale: Locale
    title: str
    html_url: str
    api_url: str
    content_updated_at: str | None


class Author(TypedDict):
    """An object of the API."""

    name: str
    orcid: str | None


class CallToActionBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["call_to_action"]
    text: str
    label: str
    url: str | None
    page: LinkedContent | None


class Changes(TypedDict):
    """An object of the API."""

    changes: list[Upsert | Delete]
    next_since: str
    has_more: bool


class Contact(TypedDict):
    """An object of the API."""

    name: str
    role: str | None
    email: str | None
    phone: str | None


class Correction(TypedDict):
    """An object of the API."""

    date: str
    text: str


class Delete(TypedDict):
    """A tombstone: a content that the public may no longer see, or that is not selected, and why."""

    seq: int
    op: Literal["delete"]
    content_id: str
    locale: Locale
    type: ContentType
    updated_at: str
    reason: Literal["unpublished", "deleted", "restricted", "expired", "not_selected"]


class DocumentsBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["documents"]
    title: str
    documents: list[File]


class EmbedBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["embed"]
    url: str
    title: str
    description: str


class EventCard(TypedDict):
    """`…_on`: days by the clocks of `time_zone`. `…_at`: the same as moments, where an hour is known. `date`: the day
    that readers look for, the start of an event or the deadline of a call. `place`, `organizer`: in the
    language of the item; no organizer: the office itself. `spoken_languages`: that it is held in (BCP 47).
    """

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["event"]
    kind: Literal["event", "vacancy", "tender", "consultation"]
    date: str
    starts_on: str | None
    starts_at: str | None
    ends_on: str | None
    ends_at: str | None
    deadline_on: str | None
    deadline_at: str | None
    time_zone: str
    place: str | None
    online_url: str | None
    spoken_languages: list[str]
    organizer: str | None


class EventItem(TypedDict):
    """`how_to_apply`: plain text, a line a step. `calendar_url`: the same as an iCalendar file (RFC 5545)."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["event"]
    kind: Literal["event", "vacancy", "tender", "consultation"]
    date: str
    starts_on: str | None
    starts_at: str | None
    ends_on: str | None
    ends_at: str | None
    deadline_on: str | None
    deadline_at: str | None
    time_zone: str
    place: str | None
    online_url: str | None
    spoken_languages: list[str]
    organizer: str | None
    body: list[Block]
    body_html: str
    parent: LinkedContent | None
    corrections: list[Correction]
    how_to_apply: str
    apply_url: str | None
    files: list[File]
    calendar_url: str


class Facet(TypedDict):
    """An object of the API."""

    values: list[FacetValue]
    missing: int


class FacetValue(TypedDict):
    """An object of the API."""

    value: str
    label: str
    count: int
    selected: bool


class FeedAuthor(TypedDict):
    """An object of the API."""

    name: str
    url: NotRequired[str | None]


class FeedItem(TypedDict):
    """An object of the API."""

    id: str
    url: str
    title: str
    summary: str
    content_html: str
    language: Locale
    date_published: str | None
    date_modified: str | None
    tags: list[str]
    authors: list[FeedAuthor]
    image: NotRequired[str | None]


class Figure(TypedDict):
    """`as_of` and `source`: when and by whom it was counted; empty in figures from before they were asked for."""

    value: str
    label: str
    as_of: str
    source: str


class File(TypedDict):
    """An object of the API."""

    title: str
    locale: Locale | None
    url: str
    filename: str
    mime: str
    bytes: int | None
    sha256: str


class FocalPoint(TypedDict):
    """An object of the API."""

    x: float
    y: float


class FoundContent(TypedDict):
    """An object of the API."""

    content_id: str
    locale: Locale
    type: ContentType
    title: str
    html_url: str
    api_url: str


class HeadingBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["heading"]
    text: str
    level: Literal[2, 3]


class Highlight(TypedDict):
    """HTML: what was found stands in `<mark>`, everything else is escaped. `fragment`: of the text, or empty.
    `locale`: of the text that was found.
    """

    content_id: str
    title: str
    fragment: str
    locale: Locale


class Image(TypedDict):
    """An object of the API."""

    alt: str
    decorative: bool
    caption: str
    credit: str
    focal_point: FocalPoint | None
    renditions: list[Rendition]
    square: NotRequired[Rendition | None]


class ImageBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["image"]
    image: Image | None


class ItemList(TypedDict):
    """An object of the API."""

    meta: ListMeta
    links: ListLinks
    items: list[Item | Card | PartialCard]
    facets: dict[str, Facet]


class JsonFeed(TypedDict):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: str
    feed_url: str
    language: Locale
    items: list[FeedItem]
    next_url: NotRequired[str | None]
    _rights: Rights


JsonLd = TypedDict(
    "JsonLd",
    {
        "@context": 'Literal["https://schema.org"]',
        "@id": "str",
        "@type": 'Literal["Event", "JobPosting", "NewsArticle", "Report", "WebPage"]',
        "url": "str",
        "name": "str",
        "inLanguage": "Locale",
    },
)


class KeyFiguresBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["key_figures"]
    figures: list[Figure]


class Label(TypedDict):
    """An object of the API."""

    code: str
    label: str


class License(TypedDict):
    """A licence by its usual name, and where it can be read."""

    name: str
    url: str | None


class LinkedContent(TypedDict):
    """An object of the API."""

    content_id: str
    locale: Locale
    title: str
    html_url: str
    api_url: str


class ListLinks(TypedDict):
    """An object of the API."""

    self: str
    first: str
    next: str | None


class ListMeta(TypedDict):
    """An object of the API."""

    total: int
    limit: int
    as_of_seq: int
    next_cursor: str | None
    missing: NotRequired[list[str] | None]


class Lookup(TypedDict):
    """An object of the API."""

    items: list[FoundContent]


class MenuItem(TypedDict):
    """An object of the API."""

    content_id: str
    title: str
    html_url: str
    api_url: str
    in_menu: bool
    children: list[MenuItem]


class Navigation(TypedDict):
    """An object of the API."""

    locale: Locale
    dir: Literal["rtl", "ltr"]
    items: list[MenuItem]


class NewsCard(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["news"]
    date: str


class NewsItem(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["news"]
    date: str
    body: list[Block]
    body_html: str
    parent: LinkedContent | None
    corrections: list[Correction]


class NoticeBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["notice"]
    kind: Literal["info", "warning"]
    title: str
    html: str


class OriginalPicture(TypedDict):
    """An object of the API."""

    url: str
    filename: str
    mime: str
    width: int
    height: int
    bytes: int | None


class PageCard(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["page"]


class PageItem(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["page"]
    body: list[Block]
    body_html: str
    parent: LinkedContent | None


class ParagraphBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["paragraph"]
    html: str


class PartialCard(TypedDict):
    """An object of the API."""

    content_id: NotRequired[str]
    role: NotRequired[Literal["home", "index", "tool", "legal", "content"]]
    locale: NotRequired[Locale]
    dir: NotRequired[Literal["rtl", "ltr"]]
    requested_locale: NotRequired[Locale]
    is_fallback: NotRequired[bool]
    seq: NotRequired[int]
    updated_at: NotRequired[str]
    title: NotRequired[str]
    summary_text: NotRequired[str]
    slug: NotRequired[str]
    html_url: NotRequired[str]
    api_url: NotRequired[str]
    alternates: NotRequired[list[Alternate]]
    x_default: NotRequired[str | None]
    source_locale: NotRequired[Locale]
    translation_status: NotRequired[Literal["source", "current", "outdated"]]
    published_at: NotRequired[str | None]
    content_updated_at: NotRequired[str | None]
    lead_image: NotRequired[Image | None]
    countries: NotRequired[list[Label]]
    topics: NotRequired[list[Label]]
    rights: NotRequired[Rights]
    type: NotRequired[
        Literal["page"]
        | Literal["programme"]
        | Literal["news"]
        | Literal["press_release"]
        | Literal["publication"]
        | Literal["event"]
    ]
    date: NotRequired[str]
    dateline: NotRequired[str]
    issued: NotRequired[str]
    revised: NotRequired[str | None]
    series: NotRequired[str | None]
    isbn: NotRequired[str | None]
    doi: NotRequired[str | None]
    languages: NotRequired[list[Locale]]
    file: NotRequired[File | None]
    kind: NotRequired[Literal["event", "vacancy", "tender", "consultation"]]
    starts_on: NotRequired[str | None]
    starts_at: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    ends_at: NotRequired[str | None]
    deadline_on: NotRequired[str | None]
    deadline_at: NotRequired[str | None]
    time_zone: NotRequired[str]
    place: NotRequired[str | None]
    online_url: NotRequired[str | None]
    spoken_languages: NotRequired[list[str]]
    organizer: NotRequired[str | None]


class PressPicture(TypedDict):
    """An object of the API."""

    alt: str
    decorative: bool
    caption: str
    credit: str
    focal_point: FocalPoint | None
    renditions: list[Rendition]
    square: NotRequired[Rendition | None]
    copyright_notice: str
    original: OriginalPicture


class PressReleaseCard(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["press_release"]
    date: str
    dateline: str


class PressReleaseItem(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["press_release"]
    date: str
    dateline: str
    body: list[Block]
    body_html: str
    parent: LinkedContent | None
    corrections: list[Correction]
    embargo_until: str | None
    pictures: list[PressPicture]
    contacts: list[Contact]
    boilerplate: str
    press_kit: str


class ProblemDocument(TypedDict):
    """RFC 9457. `type` is an address that explains the kind of problem and never changes."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError]
    available_locales: NotRequired[list[Locale] | None]
    snapshot_url: NotRequired[str | None]


class ProblemError(TypedDict):
    """What exactly is wrong: a parameter or header by its name, or a place in the body by its JSON pointer."""

    code: str
    detail: str
    parameter: NotRequired[str | None]
    pointer: NotRequired[str | None]


class ProgrammeCard(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["programme"]


class ProgrammeItem(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["programme"]
    body: list[Block]
    body_html: str
    parent: LinkedContent | None
    contact: LinkedContent | None


class PublicationCard(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["publication"]
    issued: str
    revised: str | None
    series: str | None
    isbn: str | None
    doi: str | None
    languages: list[Locale]
    file: File | None


class PublicationItem(TypedDict):
    """An object of the API."""

    content_id: str
    role: Literal["home", "index", "tool", "legal", "content"]
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
    rights: Rights
    type: Literal["publication"]
    issued: str
    revised: str | None
    series: str | None
    isbn: str | None
    doi: str | None
    languages: list[Locale]
    file: File | None
    body: list[Block]
    body_html: str
    parent: LinkedContent | None
    corrections: list[Correction]
    authors: list[Author]
    files: list[File]


class QuoteBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["quote"]
    text: str
    attribution: str


class RelatedPagesBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["related_pages"]
    title: str
    pages: list[LinkedContent]


class Rendition(TypedDict):
    """An object of the API."""

    name: str
    url: str
    width: int
    height: int
    mime: str
    webp_url: NotRequired[str | None]


class Resolution(TypedDict):
    """An object of the API."""

    status: Literal["found", "moved"]
    content_id: str
    locale: Locale
    html_url: str
    api_url: str


class Rights(TypedDict):
    """The terms under which others may use the text. Null: nothing has been decided or said. Pictures and files may
    have terms of their own.
    """

    license: License | None
    terms_url: str | None
    copyright_holder: str | None
    credit_line: str | None
    contact_email: str | None


class SearchList(TypedDict):
    """An object of the API."""

    meta: SearchMeta
    links: ListLinks
    items: list[Item | Card | PartialCard]
    facets: dict[str, Facet]
    highlights: list[Highlight]


class SearchMeta(TypedDict):
    """`stage`: how the results came about: by the words typed, by fewer of them, by words that differ by a letter or
    two, by the contents' texts in another language, or none were found.
    """

    total: int
    limit: int
    as_of_seq: int
    next_cursor: str | None
    missing: NotRequired[list[str] | None]
    strong: int
    stage: Literal["words", "relaxed", "fuzzy", "other_language", "none"]
    did_you_mean: str | None
    elsewhere: dict[Locale, int]
    degraded: bool


class SearchParameters(TypedDict):
    """What stands in the body of a search."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale | None]
    topic: NotRequired[list[str]]
    country: NotRequired[list[str]]
    programme: NotRequired[list[str]]
    year: NotRequired[list[str]]
    published_from: NotRequired[str | None]
    published_to: NotRequired[str | None]
    updated_from: NotRequired[str | None]
    updated_to: NotRequired[str | None]
    sort: NotRequired[Literal["relevance", "-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str | None]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str | None]
    facets: NotRequired[str | None]
    type: NotRequired[list[str]]
    q: str


class Service(TypedDict):
    """An object of the API."""

    name: str
    version: str
    as_of_seq: int
    locales: list[Locale]
    types: list[ContentType]
    limits: ServiceLimits
    deprecations: list[str]
    rights: Rights
    links: dict[str, str]


class ServiceLimits(TypedDict):
    """An object of the API."""

    items_per_page: int
    changes_per_page: int
    requests_per_minute: int
    requests_per_minute_with_key: int
    tombstones_kept_days: int


class Suggestion(TypedDict):
    """An object of the API."""

    content_id: str
    type: ContentType
    title: str
    html_url: str
    api_url: str


class Suggestions(TypedDict):
    """An object of the API."""

    locale: Locale
    dir: Literal["rtl", "ltr"]
    items: list[Suggestion]


class TableBlock(TypedDict):
    """An object of the API."""

    id: str
    type: Literal["table"]
    caption: str
    header: list[str]
    rows: list[list[str]]
    first_column_is_header: bool


class Term(TypedDict):
    """An object of the API."""

    code: str
    labels: dict[Locale, str]


class Translations(TypedDict):
    """An object of the API."""

    items: list[Item]


class Upsert(TypedDict):
    """A content that is new or not what it was."""

    seq: int
    op: Literal["upsert"]
    content_id: str
    locale: Locale
    type: ContentType
    role: Literal["home", "index", "tool", "legal", "content"]
    updated_at: str
    etag: str
    item: NotRequired[Item | Card | None]


class Vocabulary(TypedDict):
    """An object of the API."""

    terms: list[Term]


class WebhookData(TypedDict):
    """An object of the API."""

    seq: int
    content_id: str
    locale: Locale
    content_type: ContentType
    api_url: str
    reason: str | None


class WebhookEvent(TypedDict):
    """What is sent to a subscribed address. Ask `api_url` or `/changes` for the content itself."""

    type: Literal["content.upserted", "content.deleted"]
    timestamp: str
    data: WebhookData


class ChangesQuery(TypedDict):
    """Parameters of GET /changes."""

    since: NotRequired[str]
    locale: NotRequired[Locale]
    type: NotRequired[ContentType]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    role: NotRequired[str | list[str]]
    limit: NotRequired[int]
    include: NotRequired[Literal["none", "card", "full"]]


class EventsQuery(TypedDict):
    """Parameters of GET /events."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class FeedsEventsAtomQuery(TypedDict):
    """Parameters of GET /feeds/events.atom."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsEventsJsonQuery(TypedDict):
    """Parameters of GET /feeds/events.json."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsEventsRssQuery(TypedDict):
    """Parameters of GET /feeds/events.rss."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsNewsAtomQuery(TypedDict):
    """Parameters of GET /feeds/news.atom."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsNewsJsonQuery(TypedDict):
    """Parameters of GET /feeds/news.json."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsNewsRssQuery(TypedDict):
    """Parameters of GET /feeds/news.rss."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPressReleasesAtomQuery(TypedDict):
    """Parameters of GET /feeds/press-releases.atom."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPressReleasesJsonQuery(TypedDict):
    """Parameters of GET /feeds/press-releases.json."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPressReleasesRssQuery(TypedDict):
    """Parameters of GET /feeds/press-releases.rss."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPublicationsAtomQuery(TypedDict):
    """Parameters of GET /feeds/publications.atom."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPublicationsJsonQuery(TypedDict):
    """Parameters of GET /feeds/publications.json."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class FeedsPublicationsRssQuery(TypedDict):
    """Parameters of GET /feeds/publications.rss."""

    locale: NotRequired[Locale]
    topic: NotRequired[str]
    country: NotRequired[str]
    programme: NotRequired[str]
    cursor: NotRequired[str]


class ItemsByContentIdJsonldQuery(TypedDict):
    """Parameters of GET /items/{content_id}.jsonld."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]


class ItemsByContentIdQuery(TypedDict):
    """Parameters of GET /items/{content_id}."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]


class ItemsQuery(TypedDict):
    """Parameters of GET /items."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]
    ids: NotRequired[str]
    type: NotRequired[str | list[str]]


class LookupQuery(TypedDict):
    """Parameters of GET /lookup."""

    doi: NotRequired[str]
    isbn: NotRequired[str]
    slug: NotRequired[str]


class NavigationQuery(TypedDict):
    """Parameters of GET /navigation."""

    locale: NotRequired[Locale]


class NewsQuery(TypedDict):
    """Parameters of GET /news."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class PagesQuery(TypedDict):
    """Parameters of GET /pages."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class PressReleasesQuery(TypedDict):
    """Parameters of GET /press-releases."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class ProgrammesQuery(TypedDict):
    """Parameters of GET /programmes."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class PublicationsQuery(TypedDict):
    """Parameters of GET /publications."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    role: NotRequired[str | list[str]]
    format: NotRequired[Literal["json", "csv"]]


class ResolveQuery(TypedDict):
    """Parameters of GET /resolve."""

    url: str


class SearchQuery(TypedDict):
    """Parameters of GET /search."""

    locale: NotRequired[Locale]
    fallback: NotRequired[Locale]
    topic: NotRequired[str | list[str]]
    country: NotRequired[str | list[str]]
    programme: NotRequired[str | list[str]]
    year: NotRequired[str | list[str]]
    published_from: NotRequired[str]
    published_to: NotRequired[str]
    updated_from: NotRequired[str]
    updated_to: NotRequired[str]
    sort: NotRequired[Literal["relevance", "-published_at", "published_at", "-updated_at", "title"]]
    limit: NotRequired[int]
    cursor: NotRequired[str]
    view: NotRequired[Literal["card", "full"]]
    fields: NotRequired[str]
    facets: NotRequired[str]
    type: NotRequired[str | list[str]]
    q: str


class SuggestQuery(TypedDict):
    """Parameters of GET /suggest."""

    locale: NotRequired[Locale]
    q: str
    limit: NotRequired[int]


Block: TypeAlias = (
    ParagraphBlock
    | HeadingBlock
    | ImageBlock
    | QuoteBlock
    | KeyFiguresBlock
    | TableBlock
    | DocumentsBlock
    | CallToActionBlock
    | RelatedPagesBlock
    | EmbedBlock
    | NoticeBlock
)

Card: TypeAlias = PageCard | ProgrammeCard | NewsCard | PressReleaseCard | PublicationCard | EventCard

Item: TypeAlias = PageItem | ProgrammeItem | NewsItem | PressReleaseItem | PublicationItem | EventItem
