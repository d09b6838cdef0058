"""In which languages a content really exists, and where.

The language bar, `hreflang`, the sitemap, lists, search, links between pages and the notice for a missing
language all ask here. A version counts when the public may read it and it is a translation: live, not expired,
under no view restriction, not an alias (an alias repeats the source's text in another language's tree).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

if TYPE_CHECKING:
    from wagtail.models import Page
    from wagtail.query import PageQuerySet

# The order of the language bar, everywhere.
LANGUAGE_CODES: tuple[str, ...] = tuple(code for code, _ in settings.LANGUAGES)
# Each language's name in itself (UN minimum standards for multilingual websites, rule 3).
NATIVE_NAMES = {"ar": "العربية", "en": "English", "fr": "Français"}
RIGHT_TO_LEFT = frozenset({"ar"})


def direction(language: str) -> str:
    """The `dir` attribute, rtl or ltr, text in this language."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def reader_language() -> str:
    """The language of the page being read: one of LANGUAGE_CODES."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if language in LANGUAGE_CODES else settings.LANGUAGE_CODE


def readable_pages(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that somebody may read at their address: live, not expired, not an alias."""
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    return pages.live().filter(not_expired, alias_of__isnull=True)


def public_pages(pages: PageQuerySet) -> PageQuerySet:
    """Those of `pages` that everybody may read: readable, and under no view restriction."""
    return readable_pages(pages).public().select_related("locale")


def language_versions_of(translation_keys: Iterable[UUID]) -> dict[UUID, dict[str, Page]]:
    """For each content its public versions by language, in the order of LANGUAGE_CODES. Two queries in all."""
    from wagtail.models import Page

    found: dict[UUID, dict[str, Page]] = defaultdict(dict)
    for page in public_pages(Page.objects.filter(translation_key__in=set(translation_keys), depth__gt=1)):
        found[page.translation_key][page.locale.language_code] = page
    return {
        key: {code: versions[code] for code in LANGUAGE_CODES if code in versions} for key, versions in found.items()
    }


def language_versions(page: Page) -> dict[str, Page]:
    """The public versions of this page's content by language, in the order of LANGUAGE_CODES."""
    return language_versions_of([page.translation_key]).get(page.translation_key, {})


def x_default(versions: dict[str, Page]) -> Page | None:
    """The version for readers of any other language: English, or else the first there is."""
    return versions.get("en") or next(iter(versions.values()), None)


def in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """Each of `pages` in the reader's language where it exists in it, otherwise in its own; none that the
    public may not read, each content once, in the same order. Two queries in all.
    """
    pages = list(pages)
    if not pages:
        return []
    versions = language_versions_of(page.translation_key for page in pages)
    language = reader_language()
    chosen = {
        page.translation_key: versions[page.translation_key].get(language) or x_default(versions[page.translation_key])
        for page in pages
        if page.translation_key in versions
    }
    return [page for page in chosen.values() if page]
