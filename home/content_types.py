"""The content types of programmes and pages."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import pgettext_lazy

from core.content_types.front_matter import ClassifiedFrontMatter, ContentFrontMatter, ContentPath, Locate, Resolve
from core.content_types.references import PageReference, page_reference
from core.content_types.registry import BundleForm, ContentType, LinkedData, declare
from core.content_types.schemas.blocks import LinkedContent
from core.content_types.schemas.content import Card, Full

from .models import ProgrammePage, StandardPage


class PageCard(Card):
    type: Literal["page"]


class PageItem(Full, PageCard):
    pass


class ProgrammeCard(Card):
    type: Literal["programme"]


class ProgrammeItem(Full, ProgrammeCard):
    contact: LinkedContent | None


class PageFrontMatter(ContentFrontMatter):
    type: Literal["standard", "section"] = "standard"
    shows_contact: bool = False
    shows_stored_data: bool = False
    legal: bool = False

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        return {
            "is_contact": self.shows_contact,
            "shows_stored_data": self.shows_stored_data,
            "is_legal": self.legal,
        }

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        """Return the values of a standard page; lists and sections, which are pages too, have none."""
        if not isinstance(page, StandardPage):
            return {}
        stored = page.shows_stored_data
        return {"shows_contact": page.is_contact, "shows_stored_data": stored, "legal": page.is_legal}


class ProgrammeFrontMatter(ClassifiedFrontMatter):
    contact: ContentPath | None = None

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        contact = page_reference(self.contact) if self.contact else None
        return {"contact_page_id": resolve(contact) if contact else None}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        return {"contact": locate(PageReference(""), page.contact_page_id)}


declare(
    ContentType(
        name="page",
        model=StandardPage,
        position=50,
        path="pages",
        plural=pgettext_lazy("type of content", "Pages"),
        card=PageCard,
        item=PageItem,
        linked_data=LinkedData(type="WebPage"),
        bundle=BundleForm(folder="pages", parent="pages/home", front_matter=PageFrontMatter, is_ordered=True),
    )
)
declare(
    ContentType(
        name="programme",
        model=ProgrammePage,
        position=40,
        path="programmes",
        plural=pgettext_lazy("type of content", "Programmes"),
        card=ProgrammeCard,
        item=ProgrammeItem,
        linked_data=LinkedData(type="WebPage"),
        bundle=BundleForm(
            folder="programmes", parent="pages/what-we-do", front_matter=ProgrammeFrontMatter, is_ordered=True
        ),
    )
)
