"""Render links to pages in rich text as HTML."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from core.languages.declared import reader_language
from core.links.targets import linked_pages
from core.web.keys import key_in


class PageLinkHandler(WagtailPageLinkHandler):
    """Links in rich text. A link to a page that is missing in the reader's language says which language it leads to."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        numbers = [key_in(attrs.get("id", "")) for attrs in attrs_list]
        pages = linked_pages(numbers)
        return [_opening_tag(pages.get(number)) for number in numbers]


def _opening_tag(page: Page | None) -> str:
    if page is None:
        return "<a>"
    if page.locale.language_code == reader_language():
        return format_html('<a href="{}">', page.url)
    return format_html('<a href="{}" hreflang="{}">', page.url, page.locale.language_code)
