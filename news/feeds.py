"""The Atom feed of the news in one language (RFC 4287)."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Locale

from core.bidi import isolated_text
from core.documents import Json
from core.languages import RIGHT_TO_LEFT, reader_language
from core.models import OfficeSettings
from listing.newest import newest, of_type
from listing.parts import documents_with

from .models import NewsIndexPage, NewsPage

ITEMS_IN_FEED = 20


class NewsFeed(Feed):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=300)
        return response

    def get_object(self, request: HttpRequest) -> Locale:
        locale: Locale = Locale.objects.get(language_code=reader_language())
        return locale

    def title(self, locale: Locale) -> str:
        office = OfficeSettings.objects.filter(locale=locale).first()
        return f"{_('News')} — {office.name}" if office else _("News")

    def link(self, locale: Locale) -> str:
        index = NewsIndexPage.objects.live().filter(locale=locale, alias_of=None).first()
        return f"{settings.BASE_URL}{index.url if index else f'/{locale.language_code}/'}"

    def feed_url(self, locale: Locale) -> str:
        return f"{settings.BASE_URL}/{locale.language_code}/feeds/news.atom"

    feed_guid = feed_url

    def items(self, locale: Locale) -> list[Any]:
        """The cards of published documents, with when their text last changed."""
        places = newest(of_type(NewsPage.document_type, locale.language_code), ITEMS_IN_FEED)
        rows = documents_with(tuple(place.number for place in places), "card", "content_updated_at")
        return [{**json.loads(row.card), "changed_at": row.content_updated_at} for row in rows]

    def item_title(self, item: Json) -> str:
        return _for_reader(item["title"])

    def item_description(self, item: Json) -> str:
        return _for_reader(item["summary_text"])

    def item_link(self, item: Json) -> str:
        return str(item["html_url"])

    def item_guid(self, item: Json) -> str:
        """The same when the page is renamed or moved."""
        return f"urn:uuid:{item['content_id']}:{item['locale']}"

    def item_pubdate(self, item: Json) -> datetime:
        return timezone.make_aware(datetime.combine(date.fromisoformat(item["date"]), time(12)))

    def item_updateddate(self, item: Json) -> datetime:
        return max(item["changed_at"] or self.item_pubdate(item), self.item_pubdate(item))


def _for_reader(text: str) -> str:
    """Text of the feed, which has no elements to keep what runs from left to right in its order."""
    return isolated_text(text) if reader_language() in RIGHT_TO_LEFT else str(text)
