"""Build menus and breadcrumbs from the page tree."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from core.languages.declared import LANGUAGE_CODES
from core.languages.versions import public_pages
from core.web.request_memory import remembered

if TYPE_CHECKING:
    from wagtail.models import Page

# Depth of a language's home page: below the tree's root.
HOME_DEPTH = 2


def frame(language: str) -> list[Page]:
    """Return the home page of a language and the pages right below it, in tree order. One query per request."""
    return remembered(f"frame-{language}", lambda: _frame(language))


def _frame(language: str) -> list[Page]:
    from wagtail.models import Page

    # Not a range: the index on language and depth (migration 0003) is used for values.
    top = Page.objects.filter(depth__in=(HOME_DEPTH, HOME_DEPTH + 1), locale__language_code=language)
    # Sorted here: SQLite scans all pages if the query orders them by tree position.
    found = public_pages(top).select_related("locale", "content_type").order_by()
    return sorted(found, key=lambda page: page.path)


def menu(language: str) -> list[Page]:
    """Return the pages of the main menu: those right below the home page that are marked for menus."""
    return [page for page in frame(language) if page.depth > HOME_DEPTH and page.show_in_menus]


def footer_menu(language: str) -> list[Page]:
    """Return the other pages right below the home page, such as privacy and accessibility."""
    return [page for page in frame(language) if page.depth > HOME_DEPTH and not page.show_in_menus]


def page_below_home(language: str, model: str) -> Page | None:
    """Return the first page right below the home page whose model is called `model`, in lower case."""
    return next((page for page in frame(language) if page.content_type.model == model), None)


def search_page(language: str) -> Page | None:
    """Return the page with the search form."""
    return page_below_home(language, "searchpage")


def press_room(language: str) -> Page | None:
    """Return the page where journalists start."""
    return page_below_home(language, "pressroompage")


def breadcrumb(page: Page) -> list[Page]:
    """Return the page's public ancestors from the home page down, without the page itself."""
    above = [
        ancestor
        for ancestor in frame(page.locale.language_code)
        if page.path.startswith(ancestor.path) and ancestor.pk != page.pk
    ]
    if page.depth > HOME_DEPTH + 2:
        above += public_pages(page.get_ancestors().filter(depth__gt=HOME_DEPTH + 1)).order_by("depth")
    return above


def breadcrumb_below(page: Page | None) -> list[Page]:
    """Return the breadcrumb of an address that is not a page but belongs to one; empty without that page."""
    return [*breadcrumb(page), page] if page else []


def view_in_languages(request: HttpRequest) -> dict[str, SimpleNamespace]:
    """Return the address of a view that is not content, such as a form, in each language; for the language bar."""
    match: Any = request.resolver_match
    versions = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            versions[code] = SimpleNamespace(url=reverse(match.view_name, kwargs=match.kwargs))
    return versions
