"""The home page, "What we do" and its programmes, and standard pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from core.documents import DocumentBuilder, Json
from core.languages import in_reader_language, public_pages
from core.models import BasePage, ClassifiedPage
from core.renditions import prefetch_renditions
from news.models import latest_news
from research.models import latest_publications


class HomePage(BasePage):
    """The front page of one language."""

    template = "pages/home_page.html"
    schema_org_type = "WebSite"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.SectionPage",
        "home.StandardPage",
        "news.NewsIndexPage",
        "research.ResearchIndexPage",
        "press.PressRoomPage",
        "search.SearchPage",
    ]
    max_count_per_parent = 3

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["news"] = latest_news(self.locale_id, 4)
        context["publications"] = latest_publications(self.locale_id, 3)
        prefetch_renditions([self, *context["news"], *context["publications"]])
        return context


class SectionPage(BasePage):
    """A section with its pages, such as "What we do"."""

    template = "pages/section_page.html"
    schema_org_type = "CollectionPage"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ProgrammePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        programmes = public_pages(ProgrammePage.objects.child_of(self)).select_related("locale", "lead_image")
        context["programmes"] = list(programmes.order_by("path"))
        prefetch_renditions([self, *context["programmes"]])
        return context


class ProgrammePage(ClassifiedPage):
    """One of the areas that the office works in."""

    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where a reader turns with a question on this area."),
    )

    template = "pages/programme_page.html"
    document_type = "programme"
    schema_org_type = "WebPage"
    parent_page_types = ["home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels,
        *ClassifiedPage.classification_panels,
        PageChooserPanel("contact_page"),
    ]

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["contact"] = next(iter(in_reader_language([self.contact_page] if self.contact_page else [])), None)
        return context

    def document_detail(self, builder: DocumentBuilder) -> Json:
        return {"contact": builder.page(self.contact_page)}


class StandardPage(BasePage):
    """A page of text: about, contact, privacy, accessibility."""

    is_contact = models.BooleanField(
        _("shows the office's contact details"),
        default=False,
        help_text=_("Name, e-mail, telephone and address from the office settings, above the text."),
    )

    template = "pages/standard_page.html"
    schema_org_type = "WebPage"
    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("is_contact")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
