"""The responses of each address."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from core.content_types.schemas.content import Rights
from core.content_types.schemas.values import Direction, Locale, Role

from .content import Card, Item, PartialCard
from .values import Type


class ServiceLimits(BaseModel):
    items_per_page: int
    changes_per_page: int
    requests_per_minute: int
    requests_per_minute_with_key: int
    tombstones_kept_days: int


class Service(BaseModel):
    name: str
    version: str
    as_of_seq: int = Field(description="The `seq` of the latest change of any content.")
    locales: list[Locale]
    types: list[Type]
    limits: ServiceLimits
    deprecations: list[str]
    rights: Rights = Field(description="In English; each content has its own in its language.")
    links: dict[str, str]


class FacetValue(BaseModel):
    value: str
    label: str
    count: int
    selected: bool


class Facet(BaseModel):
    values: list[FacetValue]
    missing: int


class ListMeta(BaseModel):
    total: int
    limit: int
    as_of_seq: int = Field(
        description="The highest `seq` among all that fits the query, on this page or not; 0 where nothing does. "
        "It says how new the list is, and is no cursor of /changes."
    )
    next_cursor: str | None
    missing: list[UUID] | None = Field(None, description="With `ids`: those that are not there.")


class ListLinks(BaseModel):
    self: str
    first: str
    next: str | None


class ItemList(BaseModel):
    meta: ListMeta
    links: ListLinks
    items: list[Item | Card | PartialCard]
    facets: dict[str, Facet]


class SearchMeta(ListMeta):
    """`stage`: how the results came about: by the words typed, by fewer of them, by words that differ by a letter or
    two, by the contents' texts in another language, or none were found.
    """

    strong: int = Field(description="How many of `total` match well: most of the words.")
    stage: Literal["words", "relaxed", "fuzzy", "other_language", "none"]
    did_you_mean: str | None = Field(description="The words as they may have been meant.")
    elsewhere: dict[Locale, int] = Field(description="How many contents match well in the other languages.")
    degraded: bool = Field(description="A simpler search engine answered in place of one that does not.")


class Highlight(BaseModel):
    """HTML: what was found stands in `<mark>`, everything else is escaped. `fragment`: of the text, or empty.
    `locale`: of the text that was found.
    """

    content_id: UUID
    title: str
    fragment: str
    locale: Locale


class SearchList(ItemList):
    meta: SearchMeta
    highlights: list[Highlight] = Field(description="One for each of `items`, in the same order.")


class Suggestion(BaseModel):
    content_id: UUID
    type: Type
    title: str
    html_url: str
    api_url: str


class Suggestions(BaseModel):
    locale: Locale
    dir: Direction
    items: list[Suggestion]


class Translations(BaseModel):
    items: list[Item]


class Upsert(BaseModel):
    """A content that is new or not what it was."""

    seq: int
    op: Literal["upsert"]
    content_id: UUID
    locale: Locale
    type: Type
    role: Role
    updated_at: str
    etag: str
    item: Item | Card | None = Field(None, description="With include=card or include=full.")


class Delete(BaseModel):
    """A tombstone: a content that the public may no longer see, or that is not selected, and why."""

    seq: int
    op: Literal["delete"]
    content_id: UUID
    locale: Locale
    type: Type
    updated_at: str
    reason: Literal["unpublished", "deleted", "restricted", "expired", "not_selected"] = Field(
        description="`not_selected`: it is public, but not what the filters of this request select (any more)."
    )


class Changes(BaseModel):
    changes: list[Upsert | Delete]
    next_since: str
    has_more: bool


class Resolution(BaseModel):
    status: Literal["found", "moved"]
    content_id: UUID
    locale: Locale
    html_url: str
    api_url: str


class FoundContent(BaseModel):
    content_id: UUID
    locale: Locale
    type: Type
    title: str
    html_url: str
    api_url: str


class Lookup(BaseModel):
    items: list[FoundContent]


class Term(BaseModel):
    code: str
    labels: dict[Locale, str]


class Vocabulary(BaseModel):
    terms: list[Term]


class MenuItem(BaseModel):
    content_id: UUID
    title: str
    html_url: str
    api_url: str
    in_menu: bool
    children: list[MenuItem]


class Navigation(BaseModel):
    locale: Locale
    dir: Direction
    items: list[MenuItem]


class ProblemError(BaseModel):
    """What exactly is wrong: a parameter or header by its name, or a place in the body by its JSON pointer."""

    code: str
    detail: str
    parameter: str | None = None
    pointer: str | None = None


class ProblemDocument(BaseModel):
    """RFC 9457. `type` is an address that explains the kind of problem and never changes."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError]
    available_locales: list[Locale] | None = Field(None, description="With translation-missing.")
    snapshot_url: str | None = Field(None, description="With cursor-expired: where to begin again.")


class WebhookData(BaseModel):
    seq: int
    content_id: UUID
    locale: Locale
    content_type: Type
    api_url: str
    reason: str | None


class WebhookEvent(BaseModel):
    """What is sent to a subscribed address. Ask `api_url` or `/changes` for the content itself."""

    type: Literal["content.upserted", "content.deleted"]
    timestamp: str
    data: WebhookData
