"""From an address to a page, in two queries however deep the page is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page, Site

from core.languages import language_versions_of, readable_pages

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


def site_roots(request: HttpRequest) -> dict[str, str]:
    """The `url_path` of each language's home page of this request's site, by language."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    return {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.id}


def _pages_at(root_path: str, path: str) -> PageQuerySet:
    return Page.objects.filter(url_path=root_path + path).select_related("content_type", "locale")


def find_page(request: HttpRequest, language: str, path: str) -> Page | None:
    """The readable page at `path` ("news/title/") in the language's tree, as its own type; None where there is none.

    No page type of the site has addresses below its own, so a page is found by its whole path.
    """
    roots = site_roots(request)
    if language not in roots:
        return None
    found = readable_pages(_pages_at(roots[language], unicodedata.normalize("NFC", path))).first()
    model = found and found.specific_class
    if not model:
        return None
    page: Page = model.objects.select_related("locale", "lead_image").get(pk=found.pk)
    return page


def content_at(request: HttpRequest, language: str, path: str) -> UUID | None:
    """The content that a reader of `language` means by an address that has no live page: a draft or an alias at that
    very address; a content whose slug in another language stands below this language's section; or the same path in
    another language's tree. None where the public can read it in no language.
    """
    path = unicodedata.normalize("NFC", path)
    roots = site_roots(request)
    root = roots.get(language)
    if root is None:
        return None
    candidates = list(_pages_at(root, path))
    parent_path, _, slug = path.rstrip("/").rpartition("/")
    parent = _pages_at(root, f"{parent_path}/" if parent_path else "").first()
    if parent and slug:
        sections = list(Page.objects.filter(translation_key=parent.translation_key).exclude(pk=parent.pk))
        for section in sections:
            candidates += section.get_children().filter(slug=slug)
    for other_root in roots.values():
        candidates += _pages_at(other_root, path)
    versions = language_versions_of(page.translation_key for page in candidates)
    return next((page.translation_key for page in candidates if page.translation_key in versions), None)
