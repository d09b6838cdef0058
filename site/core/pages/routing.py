"""Find the page at an address, in at most two queries however deep the page is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page, Site

from core.languages.versions import language_versions_of, readable_pages
from core.pages.navigation import FramePage, frame

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

SHORT_CODE_LENGTH = 12


def site_roots() -> dict[str, str]:
    """Return the `url_path` of each language's home page, by language. There is one site."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def _pages_at(*url_paths: str) -> PageQuerySet:
    """Return the pages at these addresses, using the index on addresses (migration 0012)."""
    return Page.objects.filter(url_path__in=url_paths).select_related("content_type", "locale")


def find_page(language: str, path: str) -> Page | None:
    """Return the readable page at `path` ("news/title/") in the language's tree, as its own type; None if there is
    none.

    No page type of the site has addresses below its own, so a page is found by its whole path.
    """
    root = site_roots().get(language)
    if root is None:
        return None
    url_path = root + unicodedata.normalize("NFC", path)
    # The menu needs the frame anyway: the page may be part of it, or its section may determine its type.
    in_frame = {page.url_path: page for page in frame(language)}
    model = in_frame[url_path].page_type if url_path in in_frame else None
    model = model or _only_type_below(in_frame.get(f"{url_path.rstrip('/').rpartition('/')[0]}/"))
    if model is None:
        found = readable_pages(_pages_at(url_path)).first()
        model = found and found.specific_class
    return readable_pages(_with_picture(model).filter(url_path=url_path)).first() if model else None


def _only_type_below(section: FramePage | None) -> type[Page] | None:
    """Return the type of the pages below a section, such as news; None if there may be several."""
    types: list[type[Page]] = section.page_type.allowed_subpage_models() if section and section.page_type else []
    return types[0] if len(types) == 1 else None


def _with_picture(model: type[Page]) -> PageQuerySet:
    return model.objects.select_related("locale", "lead_image")


def content_at(language: str, path: str) -> UUID | None:
    """Return the content that a reader of `language` means by an address that has no live page: a draft or an alias at
    that very address; a content whose slug in another language is below this language's section; or the same path in
    another language's tree. None if the public can read it in no language.
    """
    path = unicodedata.normalize("NFC", path)
    roots = site_roots()
    root = roots.get(language)
    if root is None:
        return None
    parent_path, _, slug = path.rstrip("/").rpartition("/")
    above = f"{root}{parent_path}/" if parent_path else root
    addresses = [root + path, *(other + path for other in roots.values())]
    found = {page.url_path: page for page in _pages_at(above, *addresses)}
    here, *elsewhere = (found.get(address) for address in addresses)
    namesakes = _below_other_versions(found[above], slug) if above in found and slug else []
    candidates = [page for page in (here, *namesakes, *elsewhere) if page]
    versions = language_versions_of(page.translation_key for page in candidates)
    return next((page.translation_key for page in candidates if page.translation_key in versions), None)


def _below_other_versions(section: Page, slug: str) -> list[Page]:
    """Return the pages with this slug right below a section's versions in other languages."""
    versions = Page.objects.filter(translation_key=section.translation_key).exclude(pk=section.pk)
    below = Q(pk__in=())
    for path, depth in versions.values_list("path", "depth"):
        below |= Q(path__startswith=path, depth=depth + 1)
    return list(Page.objects.filter(below, slug=slug)) if below else []


def short_code(content: UUID) -> str:
    """Return the code that identifies a content in its short address."""
    return content.hex[:SHORT_CODE_LENGTH]


def content_of_short_code(code: str) -> UUID | None:
    """Return the content, public or not, whose id begins with this code: the older of two, None if there is none."""
    rest = 32 - SHORT_CODE_LENGTH
    between = (UUID(code + "0" * rest), UUID(code + "f" * rest))
    found = Page.objects.filter(translation_key__range=between).values_list("pk", "translation_key")
    return min(found, default=(0, None))[1]
