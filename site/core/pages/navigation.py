"""Build menus and breadcrumbs from the page tree."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from core.languages.declared import LANGUAGE_CODES
from core.languages.versions import HOME_DEPTH, public_pages, top_pages
from core.web.process_memory import kept

if TYPE_CHECKING:
    from wagtail.models import Page


class FramePage(NamedTuple):
    """What the frame shows of a page. `path`: its position in the tree. `model`: its page type, in lower case."""

    pk: int
    path: str
    depth: int
    url_path: str
    url: str
    title: str
    show_in_menus: bool
    page_type: type[Page] | None
    expire_at: datetime | None

    @property
    def model(self) -> str:
        return self.page_type._meta.model_name or "" if self.page_type else ""


def frame(language: str) -> list[FramePage]:
    """Return the public home page of a language and the pages right below it, in tree order."""
    now = timezone.now()
    return [
        page
        for page in kept(f"frame-{language}", lambda: list(map(_shown, top_pages(language))))
        if page.expire_at is None or page.expire_at > now
    ]


def _shown(page: Page) -> FramePage:
    return FramePage(
        page.pk,
        page.path,
        page.depth,
        page.url_path,
        page.url,
        page.title,
        page.show_in_menus,
        page.specific_class,
        page.expire_at,
    )


def menu(language: str) -> list[FramePage]:
    """Return the pages of the main menu: those right below the home page that are marked for menus."""
    return [page for page in frame(language) if page.depth > HOME_DEPTH and page.show_in_menus]


def footer_menu(language: str) -> list[FramePage]:
    """Return the other pages right below the home page, such as privacy and accessibility."""
    return [page for page in frame(language) if page.depth > HOME_DEPTH and not page.show_in_menus]


def page_below_home(language: str, model: str) -> FramePage | None:
    """Return the first page right below the home page whose model is called `model`, in lower case."""
    return next((page for page in frame(language) if page.model == model), None)


def search_page(language: str) -> FramePage | None:
    """Return the page with the search form."""
    return page_below_home(language, "searchpage")


def press_room(language: str) -> FramePage | None:
    """Return the page where journalists start."""
    return page_below_home(language, "pressroompage")


def breadcrumb(page: Page) -> list[Page | FramePage]:
    """Return the page's public ancestors from the home page down, without the page itself."""
    above: list[Page | FramePage] = [
        ancestor
        for ancestor in frame(page.locale.language_code)
        if page.path.startswith(ancestor.path) and ancestor.pk != page.pk
    ]
    if page.depth > HOME_DEPTH + 2:
        above += public_pages(page.get_ancestors().filter(depth__gt=HOME_DEPTH + 1)).order_by("depth")
    return above


def breadcrumb_below(page: FramePage | None, language: str) -> list[FramePage]:
    """Return the breadcrumb of an address that is not a page but belongs to one; empty without that page."""
    return [*(above for above in frame(language) if above.depth == HOME_DEPTH), page] if page else []


def view_in_languages(request: HttpRequest) -> dict[str, SimpleNamespace]:
    """Return the address of a view that is not content, such as a form, in each language; for the language bar."""
    match: Any = request.resolver_match
    versions = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            versions[code] = SimpleNamespace(url=reverse(match.view_name, kwargs=match.kwargs))
    return versions
