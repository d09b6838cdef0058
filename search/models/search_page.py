"""The search page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.models import BasePage

from ..query import SearchQuery
from ..service import search


class SearchPage(BasePage):
    template = "pages/search_page.html"
    schema_org_type = "SearchResultsPage"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("search page")
        verbose_name_plural = _("search pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        query = SearchQuery.from_parameters(request.GET, self.locale.language_code)
        context["query"] = query
        context["results"] = search(query)
        return context
