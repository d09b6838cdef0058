"""News items and their list."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.documents import DocumentBuilder, Json, day
from core.languages import public_pages
from core.list_filters import NarrowedList
from core.models import BasePage, Correction, EmbargoedPage
from core.pagination import narrowed
from core.related import related_by_topic
from core.renditions import prefetch_renditions

ITEMS_PER_PAGE = 12


def today() -> datetime.date:
    """The date in the office's time zone."""
    return timezone.localdate()


class NewsIndexPage(BasePage):
    template = "pages/news_index_page.html"
    role = "index"
    bundle_path = "pages/news"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["narrowed"] = NarrowedList(request, news_in(self.locale_id), "date")
        context["items"] = narrowed(request, context["narrowed"], ITEMS_PER_PAGE)
        prefetch_renditions([self, *context["items"]])
        return context


class NewsPage(EmbargoedPage):
    date = models.DateField(_("date"), default=today, null=True)

    template = "pages/news_page.html"
    document_type = "news"
    shared_by_languages = EmbargoedPage.shared_by_languages | {"date"}
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *EmbargoedPage.content_panels[:1],
        FieldPanel("date"),
        *EmbargoedPage.embargo_panels,
        *EmbargoedPage.correction_panels,
        *EmbargoedPage.content_panels[1:],
        *EmbargoedPage.classification_panels,
    ]
    search_fields = [*EmbargoedPage.search_fields, index.FilterField("date")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = related_by_topic(self, news_in(self.locale_id), 3)
        prefetch_renditions([self, *context["related"]])
        return context

    @property
    def publication_day(self) -> datetime.date | None:
        return self.date

    def document_card(self, builder: DocumentBuilder) -> Json:
        return {"date": day(self.date)}


class NewsCorrection(Correction):
    news = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="corrections")


def news_in(locale_id: int) -> PageQuerySet:
    """The public news of a language, newest first, with what a card shows."""
    pages = public_pages(NewsPage.objects.filter(locale_id=locale_id))
    return pages.select_related("locale", "lead_image").order_by("-date", "-pk")


def latest_news(locale_id: int, number: int) -> list[NewsPage]:
    return list(news_in(locale_id)[:number])
