"""Menus and breadcrumbs, from the page tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.languages import public_pages

if TYPE_CHECKING:
    from wagtail.models import Page

# Depth of a language's home page: below the tree's root.
HOME_DEPTH = 2


def home_page(language: str) -> Page | None:
    """The home page of a language."""
    from wagtail.models import Page

    return Page.objects.filter(depth=HOME_DEPTH, locale__language_code=language, live=True, alias_of=None).first()


def menu(language: str) -> list[Page]:
    """The pages of the main menu: children of the language's home page that are marked for menus."""
    from wagtail.models import Page

    return list(
        public_pages(
            Page.objects.filter(depth=HOME_DEPTH + 1, locale__language_code=language, show_in_menus=True)
        ).order_by("path")
    )


def breadcrumb(page: Page) -> list[Page]:
    """The page's public ancestors from the home page down, without the page itself."""
    if page.depth <= HOME_DEPTH:
        return []
    return list(public_pages(page.get_ancestors().filter(depth__gte=HOME_DEPTH)).order_by("depth"))
