"""The addresses of `wagtail start` below each language, with its search page, and the API v2."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("query", "")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    return TemplateResponse(request, "plain/search.html", {"query": query, "results": results})


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [
    path("api/v2/", router.urls),
    *i18n_patterns(path("search/", search, name="search"), path("", include(wagtail_urls))),
]
