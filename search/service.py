"""A search as the reader sees it: the engine ranks, the published documents say what may be seen of it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.html import conditional_escape

from listing.choices import NONE
from publishing.models import PublishedDocument
from publishing.visible import public_documents

from .engines import choice
from .plan import plan_of
from .query import SearchQuery, Window
from .results import Found, Hit
from .vocabulary import vocabulary


@dataclass(frozen=True)
class Result:
    """A content that was found, and its document in the reader's language as the public may see it now."""

    hit: Hit
    document: PublishedDocument


@dataclass(frozen=True)
class SearchResults:
    """A page of what was found. `found`: as the engine says; some of its hits may be hidden by now. `promoted`: what
    editors recommend for these words. `titles`: of the programmes that the facets name, where the reader's language has
    them.
    """

    query: SearchQuery
    found: Found = field(default_factory=Found)
    results: tuple[Result, ...] = ()
    promoted: tuple[PublishedDocument, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def search(
    query: SearchQuery, window: Window, columns: Iterable[str] = ("card",), *, with_promoted: bool = False
) -> SearchResults:
    """What the public may see of one window of the results. Two queries beside the engine's work; `columns`: what of
    the documents is read at once.
    """
    known = vocabulary()
    plan = plan_of(query, known.glossary)
    if not (plan.words or plan.phrases or plan.identifiers):
        return SearchResults(query)
    found = choice.search(plan, window)
    if plan.alternatives and found.strong:
        # A word of the glossary is known, though no text has it.
        found = replace(found, did_you_mean="")
    promoted = known.promoted_for(query.text, query.language) if with_promoted else []
    programmes = [UUID(value) for value in found.facets.get("programme", ()) if value != NONE]
    documents = _documents([*(hit.content_id for hit in found.hits), *promoted, *programmes], query.language, columns)
    return SearchResults(
        query,
        found,
        tuple(_result(hit, documents[hit.content_id]) for hit in found.hits if hit.content_id in documents),
        tuple(documents[content] for content in promoted if content in documents),
        {str(content): documents[content].title for content in programmes if content in documents},
    )


def _result(hit: Hit, document: PublishedDocument) -> Result:
    """Where no word of the title was found, the title as it is."""
    return Result(hit if hit.title else replace(hit, title=conditional_escape(document.title)), document)


def suggest(text: str, language: str, size: int) -> list[PublishedDocument]:
    """Contents whose title has words that begin like the typed ones. One query beside the engine's work."""
    contents = [found.content_id for found in choice.suggest(text, language, size)] if text else []
    documents = _documents(contents, language, ("card",))
    return [documents[content] for content in contents if content in documents]


def _documents(contents: list[UUID], language: str, columns: Iterable[str]) -> dict[UUID, PublishedDocument]:
    """The documents of contents that the public may see at this moment."""
    if not contents:
        return {}
    rows = public_documents().filter(content_id__in=contents, locale=language)
    read = ("content_id", "locale", "seq", "updated_at", "published_at", "title", "type", *columns)
    return {row.content_id: row for row in rows.only(*read)}
