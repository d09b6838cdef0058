"""In which languages a content really exists, and where.

The language bar, `hreflang`, the sitemap, lists, search, links between pages and the notice for a missing
language all ask here. A version counts when the public may read it and it is a translation: live, not expired,
under no view restriction, not an alias (an alias repeats the source's text in another language's tree).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from core.request_memory import remembered
from core.restrictions import restricted

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

Versions = dict[str, "Page"]

# The order of the language bar, everywhere.
LANGUAGE_CODES: tuple[str, ...] = tuple(code for code, _ in settings.LANGUAGES)
# Each language's name in itself (UN minimum standards for multilingual websites, rule 3).
NATIVE_NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}
RIGHT_TO_LEFT = frozenset({"ar"})


def language_name(language: str) -> str:
    """The name of a language in the reader's own."""
    return str(dict(settings.LANGUAGES).get(language, language))


def direction(language: str) -> str:
    """The `dir` attribute, rtl or ltr, for text in this language."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def reader_language() -> str:
    """The language of the page being read: one of LANGUAGE_CODES."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in LANGUAGE_CODES else settings.LANGUAGE_CODE


def restricted_paths() -> list[str]:
    """The tree paths of the pages that are not for everybody; what stands below them is not either."""
    return restricted().pages


def is_restricted(page: Page) -> bool:
    return any(page.path.startswith(path) for path in restricted_paths())


def readable_pages(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that somebody may read at their address: live, not expired, not an alias."""
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    return pages.live().filter(not_expired, alias_of__isnull=True)


def in_a_tree() -> Q:
    """Whether a page stands in the tree of a language, and so has an address."""
    from wagtail.models import Site

    condition = Q(pk__in=())
    for root in Site.get_site_root_paths():
        condition |= Q(url_path__startswith=root.root_path)
    return condition


def public_pages(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that everybody may read: readable, in the tree of a language, and under no view restriction."""
    public = readable_pages(pages).filter(in_a_tree())
    for path in restricted_paths():
        public = public.exclude(path__startswith=path)
    return public.select_related("locale")


def language_versions_of(translation_keys: Iterable[UUID]) -> dict[UUID, Versions]:
    """For each content its public versions by language, in the order of LANGUAGE_CODES. Two queries at most."""
    from wagtail.models import Page

    keys = set(translation_keys)
    known = remembered("language_versions", dict[UUID, Versions])
    wanted = keys - known.keys()
    if wanted:
        known.update(_by_content(public_pages(Page.objects.filter(translation_key__in=wanted, depth__gt=1))))
    return {key: known[key] for key in keys if known.get(key)}


def remember_versions(page: Page, linked_ids: set[int]) -> dict[int, UUID]:
    """Ask at once for the versions of `page` and of every content that it links to; what was asked for is remembered.

    Returns the content of each public version found, by page id. One query, and one for view restrictions.
    """
    from wagtail.models import Page

    # One condition, not two joined by "or", for which PostgreSQL would go through all pages.
    contents = Page.objects.filter(pk__in={page.pk, *linked_ids}).values("translation_key")
    found = list(public_pages(Page.objects.filter(translation_key__in=contents, depth__gt=1)))
    remembered("language_versions", dict[UUID, Versions]).update({page.translation_key: {}} | _by_content(found))
    return {version.pk: version.translation_key for version in found}


def language_versions(page: Page) -> Versions:
    """The public versions of this page's content by language, in the order of LANGUAGE_CODES."""
    return language_versions_of([page.translation_key]).get(page.translation_key, {})


def x_default(versions: Versions) -> Page | None:
    """The version for readers of any other language: English, or else the first there is."""
    return versions.get("en") or next(iter(versions.values()), None)


def in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """Each of `pages` in the reader's language where it exists in it, otherwise in another; none that the public may
    not read, each content once, in the same order. Two queries at most.
    """
    keys = dict.fromkeys(page.translation_key for page in pages)
    versions = language_versions_of(keys)
    chosen = [for_reader(versions[key]) for key in keys if key in versions]
    return [page for page in chosen if page]


def for_reader(versions: Versions) -> Page | None:
    """The version in the reader's language, or else the one for readers of any other."""
    return versions.get(reader_language()) or x_default(versions)


def _by_content(pages: Iterable[Page]) -> dict[UUID, Versions]:
    """Pages by content, then by language in the order of LANGUAGE_CODES."""
    found: dict[UUID, Versions] = {}
    for page in sorted(pages, key=lambda page: LANGUAGE_CODES.index(page.locale.language_code)):
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return found
