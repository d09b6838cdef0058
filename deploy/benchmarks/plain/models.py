"""A home page with the latest news, a list of news, and news items."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

LATEST, ON_A_PAGE = 6, 12


class PlainNewsPage(Page):
    date = models.DateField()
    summary = models.TextField(blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField([("text", RichTextBlock())], blank=True)

    content_panels = [*Page.content_panels, *map(FieldPanel, ("date", "summary", "picture", "body"))]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    api_fields = [APIField("date"), APIField("summary"), APIField("body")]
    template = "plain/news_page.html"


class PlainListPage(Page):
    template = "plain/list_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **keywords: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **keywords)
        news = PlainNewsPage.objects.child_of(self).live().order_by("-date")
        context["items"] = Paginator(news, ON_A_PAGE).get_page(request.GET.get("page"))
        return context


class PlainHomePage(Page):
    template = "plain/home_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **keywords: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **keywords)
        context["latest"] = PlainNewsPage.objects.descendant_of(self).live().order_by("-date")[:LATEST]
        return context
