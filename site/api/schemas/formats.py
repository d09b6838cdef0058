"""Responses in formats that others define: JSON Feed and JSON-LD."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.content_types.registry import linked_types
from core.content_types.schemas.content import Rights
from core.content_types.schemas.values import Locale

# The schema.org types used to describe contents.
_LINKED_TYPES: Any = Literal[tuple(linked_types())]


class FeedAuthor(BaseModel):
    name: str
    url: str | None = None


class FeedItem(BaseModel):
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
    image: str | None = None


class JsonFeed(BaseModel):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: str
    feed_url: str
    language: Locale
    items: list[FeedItem]
    next_url: str | None = None
    rights: Rights = Field(alias="_rights", description="An extension: the terms under which the texts may be used.")


class JsonLd(BaseModel):
    """A content as schema.org describes it (JSON-LD 1.1)."""

    model_config = ConfigDict(extra="allow")

    context: Literal["https://schema.org"] = Field(alias="@context")
    id: str = Field(alias="@id")
    type: _LINKED_TYPES = Field(alias="@type")
    url: str
    name: str
    inLanguage: Locale
