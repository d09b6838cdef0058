"""Find in which languages a content really exists, and where.

The language bar, `hreflang`, the sitemap, lists, search, links between pages and the notice for a missing language all
use this module. A version counts if the public may read it and it is a translation: live, not expired, under no view
restriction, not an alias (an alias repeats the source's text in another language's tree).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from core.languages.declared import LANGUAGE_CODES, reader_language
from core.languages.restrictions import restricted_paths
from core.web.process_memory import kept
from core.web.request_memory import is_active, remembered

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

# The depth of home pages, below the tree's root, and of the pages right below them.
HOME_DEPTH = 2
_TOP = (HOME_DEPTH, HOME_DEPTH + 1)

Versions = dict[str, "Page"]
Version = TypeVar("Version")


def readable_pages(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that someone may read at their address: live, not expired, not an alias."""
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    return pages.live().filter(not_expired, alias_of__isnull=True)


def in_a_tree() -> Q:
    """Return the condition that a page is in the tree of a language, and so has an address."""
    from wagtail.models import Site

    condition = Q(pk__in=())
    for root in Site.get_site_root_paths():
        condition |= Q(url_path__startswith=root.root_path)
    return condition


def public_pages(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that everyone may read: readable, in a language tree, and under no view restriction."""
    public = readable_pages(pages).filter(in_a_tree())
    for path in restricted_paths():
        public = public.exclude(path__startswith=path)
    return public.select_related("locale")


def language_versions_of(translation_keys: Iterable[UUID]) -> dict[UUID, Versions]:
    """Return the public versions of each content by language, in the order of LANGUAGE_CODES. Two queries at most."""
    from wagtail.models import Page

    keys = set(translation_keys)
    known = remembered("language_versions", dict[UUID, Versions])
    wanted = keys - known.keys()
    if wanted and is_active():
        known.update(_by_content(page for page in _top_contents() if page.translation_key in wanted))
        wanted -= known.keys()
    if wanted:
        found = _by_content(public_pages(Page.objects.filter(translation_key__in=wanted, depth__gt=1)))
        known.update({key: {} for key in wanted} | found)
    return {key: known[key] for key in keys if known.get(key)}


def remember_versions(page: Page, linked_ids: set[int]) -> dict[int, UUID]:
    """Fetch together, and remember, the versions of `page` and of every content that it links to.

    Return the content of each public version found, by page id. One query, plus one for view restrictions.
    """
    from wagtail.models import Page

    at_the_top = {top.pk: top.translation_key for top in _top_contents()} if is_active() else {}
    if at_the_top.keys() >= linked_ids:
        return at_the_top | {version.pk: page.translation_key for version in language_versions(page).values()}
    # One condition, not two joined by "or", which would make PostgreSQL scan all pages.
    contents = Page.objects.filter(pk__in={page.pk, *linked_ids}).values("translation_key")
    found = list(public_pages(Page.objects.filter(translation_key__in=contents, depth__gt=1)))
    remembered("language_versions", dict[UUID, Versions]).update({page.translation_key: {}} | _by_content(found))
    return {version.pk: version.translation_key for version in found}


def language_versions(page: Page) -> Versions:
    """Return the public versions of this page's content by language, in the order of LANGUAGE_CODES."""
    return language_versions_of([page.translation_key]).get(page.translation_key, {})


def x_default(versions: Mapping[str, Version]) -> Version | None:
    """Return the version for readers of any other language: the default language's, otherwise the first."""
    return versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()), None)


def top_pages(language: str) -> list[Page]:
    """Return the public home page of a language and the public pages right below it, in tree order. Nobody may modify
    them: threads share them.
    """
    found = (page for page in _top_contents() if page.depth in _TOP and page.locale.language_code == language)
    return sorted(found, key=lambda page: page.path)


def _top_contents() -> list[Page]:
    """Return the public versions of all contents that have one at the top of the tree of a language."""
    now = timezone.now()
    pages = kept("top contents", _queried_top_contents)
    return [page for page in pages if page.expire_at is None or page.expire_at > now]


def _queried_top_contents() -> list[Page]:
    from wagtail.models import Page

    # Not a range: the index on language and depth (migration 0003) is used for values.
    top = Page.objects.filter(depth__in=_TOP, locale__language_code__in=LANGUAGE_CODES).values("translation_key")
    found = public_pages(Page.objects.filter(translation_key__in=top, depth__gt=1)).select_related("content_type")
    # Sorted by who needs it: SQLite scans all pages if the query orders them by tree position.
    return list(found.order_by())


def in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """Return each of `pages` in the reader's language if it exists, otherwise in another; none that the public may not
    read, each content once, in the same order. Two queries at most.
    """
    keys = dict.fromkeys(page.translation_key for page in pages)
    versions = language_versions_of(keys)
    chosen = [for_reader(versions[key]) for key in keys if key in versions]
    return [page for page in chosen if page]


def for_reader(versions: Versions) -> Page | None:
    """Return the version in the reader's language, otherwise the one for readers of any other."""
    return versions.get(reader_language()) or x_default(versions)


def _by_content(pages: Iterable[Page]) -> dict[UUID, Versions]:
    """Return pages by content, then by language in the order of LANGUAGE_CODES."""
    found: dict[UUID, Versions] = {}
    for page in sorted(pages, key=lambda page: LANGUAGE_CODES.index(page.locale.language_code)):
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return found
