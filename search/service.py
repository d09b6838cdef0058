from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from core.languages import public_pages

from .query import LAST_PAGE, SearchQuery

RESULTS_PER_PAGE = 10


@dataclass(frozen=True)
class SearchResults:
    """One page of what was found: `total` results in all, `pages` pages of them."""

    items: list[Page]
    total: int
    page: int
    pages: int


def search(query: SearchQuery) -> SearchResults:
    """The public pages of the reader's language that hold all the words, best match first."""
    if not query.text:
        return SearchResults([], 0, 1, 1)
    candidates = public_pages(Page.objects.filter(locale__language_code=query.language, depth__gt=1))
    found = candidates.search(query.text, operator="and")
    total = found.count()
    pages = min(max(-(-total // RESULTS_PER_PAGE), 1), LAST_PAGE)
    number = min(query.page, pages)
    start = (number - 1) * RESULTS_PER_PAGE
    ids = [page.pk for page in found[start : start + RESULTS_PER_PAGE]]
    by_id = {page.pk: page for page in Page.objects.filter(pk__in=ids).select_related("locale").specific()}
    return SearchResults([by_id[pk] for pk in ids if pk in by_id], total, number, pages)
