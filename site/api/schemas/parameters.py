"""The parameters of each address."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from core.content_types.schemas.values import Locale

from .values import (
    ChangesLimit,
    CountryCode,
    CountryFilter,
    Cursor,
    Day,
    FacetList,
    FieldList,
    Identifier,
    IdList,
    ListLimit,
    ProgrammeFilter,
    ProgrammeId,
    RoleFilter,
    SearchSort,
    SiteAddress,
    Sort,
    SuggestLimit,
    TopicCode,
    TopicFilter,
    Type,
    TypeFilter,
    Words,
    YearFilter,
)

# How many times a filter can be repeated.
MOST_VALUES = 20


class Parameters(BaseModel):
    """The base class of all parameters; undeclared ones are refused (api.parameters)."""

    model_config = ConfigDict(extra="forbid")


class LocaleParameters(Parameters):
    locale: Locale = Field(
        settings.LANGUAGE_CODE, description="The language of the answer; never taken from headers or cookies."
    )


class ItemParameters(LocaleParameters):
    fallback: Locale | None = Field(
        None, description="The language to answer in where the content does not exist in `locale`; the item says so."
    )


class ItemFilters(ItemParameters):
    """Filters. Values, separated by commas or repeated: any of them; with a minus: not that one; `_none`: no value."""

    topic: list[TopicFilter] = Field(
        [],
        max_length=MOST_VALUES,
        description="Codes of topics, from /vocabularies/topics. A minus before: not this one.",
    )
    country: list[CountryFilter] = Field(
        [], max_length=MOST_VALUES, description="ISO 3166-1 alpha-3 codes. `_none`: about no country."
    )
    programme: list[ProgrammeFilter] = Field(
        [],
        max_length=MOST_VALUES,
        description="Content ids of programmes that the content is, lies below or links to. `_none`: of none.",
    )
    year: list[YearFilter] = Field(
        [],
        max_length=MOST_VALUES,
        description="Years of publication, in the office's time zone. `_none`: without a date.",
    )
    published_from: Day | None = Field(None, description="A day in the office's time zone, included.")
    published_to: Day | None = Field(None, description="A day, included.")
    updated_from: Day | None = Field(
        None, description="A day, included; also changes of pictures, topics and files count."
    )
    updated_to: Day | None = Field(None, description="A day, included.")


class ListParameters(ItemFilters):
    sort: Sort = Field("-published_at", description="Ties are broken by content_id.")
    limit: ListLimit = Field(20, description="0: only total and facets.")
    cursor: Cursor | None = Field(None, description="From links.next or meta.next_cursor of the page before.")
    view: Literal["card", "full"] = Field("card", description="`full`: with the text.")
    fields: FieldList | None = Field(None, description="Only these keys of each item, separated by commas.")
    facets: FacetList | None = Field(None, description="Facets to count, each with how many values: country:30,topic")


class ContentListParameters(ListParameters):
    role: list[RoleFilter] = Field(
        [],
        max_length=MOST_VALUES,
        description="What contents are for. `content` leaves out lists, tools and legal pages.",
    )

    format: Literal["json", "csv"] | None = Field(
        None,
        description="`csv`: a line for each content, for spreadsheets; all that follow, unless `limit` is given. "
        "`fields` are its columns. Without it, what `Accept` prefers.",
    )


class AllTypesParameters(ContentListParameters):
    ids: IdList | None = Field(
        None,
        description="Exactly these contents, in this order: at most 100 content ids, separated by commas. Those that "
        "are not there are named in `meta.missing`. Not with filters, order or pages.",
    )
    type: list[TypeFilter] = Field([], max_length=MOST_VALUES, description="Types of content.")


class SearchParameters(ListParameters):
    type: list[TypeFilter] = Field([], max_length=MOST_VALUES, description="Types of content.")
    q: Words = Field(
        description="The words to search for. What has most of them comes first; quoted words must stand side by side."
    )
    sort: SearchSort = Field("relevance", description="Best match first, or as in lists.")  # type: ignore[assignment]


class SuggestParameters(LocaleParameters):
    q: Words = Field(description="What has been typed so far; the last word may be its beginning only.")
    limit: SuggestLimit = Field(8, description="How many suggestions at most.")


class ChangesParameters(Parameters):
    since: Cursor | None = Field(None, description="next_since of an earlier answer; without it, a snapshot begins.")
    locale: Locale | None = Field(None, description="Only this language; all without it.")
    type: Type | None = Field(None, description="Only this type; all without it.")
    topic: list[TopicFilter] = Field([], max_length=MOST_VALUES, description="As in lists.")
    country: list[CountryFilter] = Field([], max_length=MOST_VALUES, description="As in lists.")
    programme: list[ProgrammeFilter] = Field([], max_length=MOST_VALUES, description="As in lists.")
    role: list[RoleFilter] = Field([], max_length=MOST_VALUES, description="As in lists.")
    limit: ChangesLimit = Field(500, description="How many changes in one answer.")
    include: Literal["none", "card", "full"] = Field("none", description="How much of each content to send along.")


class ResolveParameters(Parameters):
    url: SiteAddress = Field(description="An address or a path of this site, in any language.")


class LookupParameters(Parameters):
    """The identifiers to look up; exactly one is given."""

    doi: Identifier | None = Field(None, description="A DOI, in capital or small letters, as a name or an address.")
    isbn: Identifier | None = Field(None, description="An ISBN of 10 or 13 digits, with hyphens or without.")
    slug: Identifier | None = Field(None, description="The last part of an address; in sections there may be several.")


class FeedParameters(LocaleParameters):
    topic: TopicCode | None = Field(None, description="The code of a topic, from /vocabularies/topics; all without it.")
    country: CountryCode | None = Field(None, description="An ISO 3166-1 alpha-3 code; all without it.")
    programme: ProgrammeId | None = Field(None, description="The content id of a programme; all without it.")
    cursor: Cursor | None = Field(None, description="From next_url of the page before.")
