"""The content type of news."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from django.utils.translation import pgettext_lazy

from core.content_types.front_matter import EmbargoedFrontMatter, Locate, Resolve, date_or_moment
from core.content_types.registry import BundleForm, ContentType, LinkedData, declare
from core.content_types.schemas.content import Card, Corrected

from .models import NewsPage


class NewsCard(Card):
    type: Literal["news"]
    date: datetime.date


class NewsItem(Corrected, NewsCard):
    pass


class NewsFrontMatter(EmbargoedFrontMatter):
    date: datetime.date

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        return {"date": self.date}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        return {"date": date_or_moment(page.date)}


declare(
    ContentType(
        name="news",
        model=NewsPage,
        position=10,
        path="news",
        plural=pgettext_lazy("type of content", "News"),
        card=NewsCard,
        item=NewsItem,
        linked_data=LinkedData(type="NewsArticle", properties=lambda item: {"headline": item["title"]}),
        bundle=BundleForm(folder="news", parent="pages/news", front_matter=NewsFrontMatter),
        date_key="date",
        has_feed=True,
        ages=True,
    )
)
