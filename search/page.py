"""The search page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.web.lifetime import not_kept
from search.counting.counts import count_search
from search.parameters import read_page, read_query
from search.view import SearchView


class SearchPage(BasePage):
    template = "pages/search_page.html"
    role = "tool"
    bundle_path = "pages/search"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("search page")
        verbose_name_plural = _("search pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        query = read_query(request.GET, self.locale.language_code)
        context["query"] = query
        if query.text:
            # Each search is counted, and who invents words must not fill the memory.
            not_kept()
            addresses = {language: page.url for language, page in context["language_versions"].items()}
            page = read_page(request.GET)
            view = context["view"] = SearchView(query, page, addresses)
            if page == 1 and not (query.filters or view.unavailable or getattr(request, "is_preview", False)):
                count_search(query.text, query.language, view.total)
        return context
