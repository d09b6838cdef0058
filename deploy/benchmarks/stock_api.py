"""Wagtail's own API v2, set up as its documentation recommends, with the fields of our cards."""

from __future__ import annotations

from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images.api.fields import ImageRenditionField
from wagtail.models import Page

from core.pictures.renditions import RENDITIONS
from core.places.countries import country_name
from news.models import NewsPage


class Topics(Field):
    def to_representation(self, value: object) -> list[dict[str, str]]:
        return [{"code": topic.slug, "label": topic.name("en")} for topic in value.all()]  # type: ignore[attr-defined]


class Countries(Field):
    def to_representation(self, value: list[str]) -> list[dict[str, str]]:
        return [{"code": code, "label": country_name(code, "en")} for code in value]


class Alternates(Field):
    """The page in its other languages, with Wagtail's usual query for them."""

    def to_representation(self, page: Page) -> list[dict[str, str]]:
        translations = page.get_translations().live().public().filter(alias_of=None).select_related("locale")
        return [
            {"locale": other.locale.language_code, "title": other.title, "html_url": other.full_url}
            for other in translations
        ]


_RENDITION_FIELDS = {f"rendition_{number}": specification for number, specification in enumerate(RENDITIONS)}
# The fields of our cards that v2 does not show in a list by default.
CARD_FIELDS = (
    "date", "summary", "source_language", "lead_image_alt", "lead_image_caption", "topics", "countries",
    *_RENDITION_FIELDS, "alternates",
)  # fmt: skip
# v2 has no way to list the other languages of a page; without them, their extra cost can be measured.
FIELDS_WITHOUT_LANGUAGES = CARD_FIELDS[:-1]
NewsPage.api_fields = [
    *(
        APIField(name)
        for name in ("date", "summary", "body", "source_language", "lead_image_alt", "lead_image_caption")
    ),
    APIField("topics", serializer=Topics()),
    APIField("countries", serializer=Countries()),
    APIField("alternates", serializer=Alternates(source="*")),
    *(
        APIField(name, serializer=ImageRenditionField(specification, source="lead_image"))
        for name, specification in _RENDITION_FIELDS.items()
    ),
]

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
