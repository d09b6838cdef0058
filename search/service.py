from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError
from elasticsearch import ApiError, TransportError
from wagtail.models import Locale, Page

from core.languages import public_pages

from .query import SearchQuery

RESULTS_PER_PAGE = 10
# The search engine is asked for no more than this; whoever finds as many needs other words.
MOST_RESULTS = 500


class SearchUnavailable(Exception):
    """The search engine does not answer."""


@dataclass(frozen=True)
class SearchResults:
    """One page of what was found: `total` results in all, `pages` pages of them."""

    items: list[Page]
    total: int
    page: int
    pages: int


def _ranked(text: str, language: str) -> list[Page]:
    """The live pages of a language that hold all the words, best match first; the public may not read all of them."""
    # A quotation mark ends the word in SQLite's full-text query, which Wagtail's backend does not escape.
    words = text.replace('"', " ").strip()
    if not words:
        return []
    locale = Locale.objects.filter(language_code=language).first()
    return list(Page.objects.live().filter(locale=locale).search(words, operator="and")[:MOST_RESULTS])


def ranked_contents(text: str, language: str) -> list[UUID]:
    """The contents whose page in a language holds all the words, best match first. Whether the public may read them is
    for the caller to ask. Raises SearchUnavailable.
    """
    try:
        return [page.translation_key for page in _ranked(text, language)]
    except (ApiError, TransportError, DatabaseError) as error:
        raise SearchUnavailable from error


def search(query: SearchQuery) -> SearchResults:
    """The public pages of the reader's language that hold all the words, best match first."""
    ranked = [page.pk for page in _ranked(query.text, query.language)]
    if not ranked:
        return SearchResults([], 0, 1, 1)
    # Which of them the public may read is asked of the database: it is right at every moment, an index is not.
    public = set(public_pages(Page.objects.filter(pk__in=ranked)).values_list("pk", flat=True))
    ids = [pk for pk in ranked if pk in public]
    pages = max(-(-len(ids) // RESULTS_PER_PAGE), 1)
    number = min(query.page, pages)
    shown = ids[(number - 1) * RESULTS_PER_PAGE : number * RESULTS_PER_PAGE]
    by_id = {page.pk: page for page in Page.objects.filter(pk__in=shown).select_related("locale").specific()}
    return SearchResults([by_id[pk] for pk in shown if pk in by_id], len(ids), number, pages)
