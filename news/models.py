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
from wagtail.search import index

from core.content_types.builder import DocumentBuilder, Json, day
from core.models import BasePage, Correction, EmbargoedPage
from core.pages.pagination import paginated
from core.pictures.renditions import prefetch_renditions
from listing.cards import cards_of
from listing.narrowed import NarrowedList
from listing.newest import related_numbers

ITEMS_PER_PAGE = 12


def today() -> datetime.date:
    """Return today's date in the office's time zone."""
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
        context["narrowed"] = NarrowedList(request, NewsPage.document_type)
        context["items"] = paginated(request, context["narrowed"].cards, ITEMS_PER_PAGE)
        prefetch_renditions([self])
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
        context["related"] = cards_of(related_numbers(self, self.document_type, 3))
        prefetch_renditions([self])
        return context

    @property
    def publication_day(self) -> datetime.date | None:
        return self.date

    def document_card(self, builder: DocumentBuilder) -> Json:
        return {"date": day(self.date)}


class NewsCorrection(Correction):
    news = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="corrections")
