"""Find the pages and collections under a view restriction, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, Value

from core.web.process_memory import kept
from core.web.request_memory import remembered

if TYPE_CHECKING:
    from wagtail.models import Page


class Restricted(NamedTuple):
    """The tree paths of pages and of collections; everything below them is restricted too."""

    pages: list[str]
    collections: list[str]


def restricted() -> Restricted:
    return kept("restricted", _restricted)


def restricted_paths() -> list[str]:
    """Return the tree paths of restricted pages; the pages below them are restricted too."""
    return restricted().pages


def is_restricted(page: Page) -> bool:
    return any(page.path.startswith(path) for path in restricted_paths())


def private_collections() -> frozenset[int]:
    """Return the collections under a view restriction and those below them. Public pages link to none of their
    documents.
    """
    return remembered("private_collections", _private_collections)


def _restricted() -> Restricted:
    from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

    # Not a join: without statistics SQLite scans all pages for one.
    pages = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
    collections = Collection.objects.filter(pk__in=CollectionViewRestriction.objects.values("collection"))
    found = pages.order_by().annotate(kind=Value("page")).values_list("kind", "path")
    found = found.union(collections.order_by().annotate(kind=Value("collection")).values_list("kind", "path"), all=True)
    rows = list(found)
    return Restricted(*([path for kind, path in rows if kind == wanted] for wanted in ("page", "collection")))


def _private_collections() -> frozenset[int]:
    from wagtail.models import Collection

    paths = restricted().collections
    if not paths:
        return frozenset()
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return frozenset(Collection.objects.filter(below).values_list("pk", flat=True))
