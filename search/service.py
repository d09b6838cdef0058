"""A search as the reader sees it: the engine ranks, and the published documents say what may be seen now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.html import conditional_escape

from listing.choices import NONE
from publishing.models import PublishedDocument
from publishing.visible import public_documents
from search.vocabulary.memory import vocabulary

from .engines import choice
from .plan import plan_of
from .query import SearchQuery, Window
from .results import Found, Hit


@dataclass(frozen=True)
class Result:
    """An item that was found, and its document in the reader's language as the public may see it now."""

    hit: Hit
    document: PublishedDocument


@dataclass(frozen=True)
class SearchResults:
    """A page of what was found.

    `found`: the engine's answer; some of its hits may be hidden by now. `promoted`: what editors recommend for these
    words. `titles`: those of the programmes in the facets, if they exist in the reader's language.
    """

    query: SearchQuery
    found: Found = field(default_factory=Found)
    results: tuple[Result, ...] = ()
    promoted: tuple[PublishedDocument, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def search(
    query: SearchQuery, window: Window, columns: Iterable[str] = ("card",), *, with_promoted: bool = False
) -> SearchResults:
    """Return what the public may see of one window of the results, with two queries in addition to the engine's work.

    `columns`: the columns of the documents to load at once.
    """
    known = vocabulary()
    plan = plan_of(query, known.glossary)
    if not (plan.words or plan.phrases or plan.identifiers):
        return SearchResults(query)
    found = choice.search(plan, window)
    if plan.alternatives and found.strong:
        # A word in the glossary is known, even if no text has it.
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
    """Return the result, with the plain title if no word of it was found."""
    return Result(hit if hit.title else replace(hit, title=conditional_escape(document.title)), document)


def suggest(text: str, language: str, size: int) -> list[PublishedDocument]:
    """Return content whose title has words that begin like those typed, with one query in addition to the engine's
    work.
    """
    contents = [found.content_id for found in choice.suggest(text, language, size)] if text else []
    documents = _documents(contents, language, ("card",))
    return [documents[content] for content in contents if content in documents]


def _documents(contents: list[UUID], language: str, columns: Iterable[str]) -> dict[UUID, PublishedDocument]:
    """Return the documents of these contents that the public may see now."""
    if not contents:
        return {}
    rows = public_documents().filter(content_id__in=contents, locale=language)
    read = ("content_id", "locale", "seq", "updated_at", "published_at", "title", "type", *columns)
    return {row.content_id: row for row in rows.only(*read)}
