"""A typical search page with Wagtail's own search: its Elasticsearch backend, ten results, facets."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.search.backends import get_search_backend

from core.models import BasePage
from news.models import NewsPage
from search.page import SearchPage

FACETS = ("content_type_id", "date", "live", "owner_id")


def stock_search(request: HttpRequest, language: str) -> HttpResponse:
    """Show the same page frame and details of results as our search page, and four facets that Wagtail can count."""
    page = SearchPage.objects.filter(locale__language_code=language).first()
    if page is None:
        raise Http404
    text = request.GET.get("q", "")
    found = get_search_backend("stock").search(text, NewsPage.objects.live().filter(locale=page.locale))
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    facets = {name: found.facet(name) for name in FACETS}
    context = {"page": page, "query": text, "results": results, "facets": facets}
    return render(request, "stock_search.html", BasePage.get_context(page, request) | context)
