"""The home page, "What we do" and its programmes, and standard pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.blocks import BoundBlock
from wagtail.models import Page

from core.content_types.builder import DocumentBuilder, Json
from core.languages.declared import LANGUAGE_CODES
from core.languages.versions import in_reader_language
from core.models import BasePage, ClassifiedPage
from core.pages.navigation import page_below_home, press_room
from core.pictures.renditions import prefetch_renditions
from listing.cards import cards_by_name, cards_of
from listing.newest import newest_numbers, of_type, related_numbers, topics_with
from press.stored_data import cookies, stored_data

# People who read about these topics may be in danger from someone close to them: such pages have a quick exit.
AT_RISK_TOPICS = frozenset({"migrant-assistance", "counter-trafficking"})


class HomePage(BasePage):
    """The front page in one language."""

    template = "pages/home_page.html"
    role = "home"
    bundle_path = "pages/home"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = None  # all types that name it as their parent
    max_count_per_parent = len(LANGUAGE_CODES)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        context |= cards_by_name(
            programmes=programmes_below(self),
            news=newest_numbers("news", language, 4),
            publications=newest_numbers("publication", language, 3),
        )
        prefetch_renditions([self])
        context["what_we_do"] = page_below_home(language, "sectionpage")
        context["news_page"] = page_below_home(language, "newsindexpage")
        context["research_page"] = page_below_home(language, "researchindexpage")
        context["press_page"] = press_room(language)
        return context


class SectionPage(BasePage):
    """A section with its pages, such as "What we do"."""

    template = "pages/section_page.html"
    role = "index"
    bundle_path = "pages/what-we-do"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ProgrammePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["programmes"] = cards_of(programmes_below(self))
        prefetch_renditions([self])
        return context


class ProgrammePage(ClassifiedPage):
    """One of the areas in which the office works."""

    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where readers turn with questions about this area."),
    )

    template = "pages/programme_page.html"
    document_type = "programme"
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
        context |= cards_by_name(
            news=related_numbers(self, "news", 3), publications=related_numbers(self, "publication", 3)
        )
        context["news_topics"] = topics_with(self, "news")
        context["publication_topics"] = topics_with(self, "publication")
        prefetch_renditions([self])
        context["news_page"] = page_below_home(self.locale.language_code, "newsindexpage")
        context["research_page"] = page_below_home(self.locale.language_code, "researchindexpage")
        context["may_be_watched"] = bool(AT_RISK_TOPICS & {topic.slug for topic in self.shown_topics})
        context["urgent"] = self._first_warning() if context["may_be_watched"] else None
        return context

    def _first_warning(self) -> BoundBlock | None:
        """Return the first warning anywhere in the body, which a reader in danger must see first."""
        notices = (block for block in self.body if block.block_type == "notice")
        return next((notice for notice in notices if notice.value["kind"] == "warning"), None)

    def document_detail(self, builder: DocumentBuilder) -> Json:
        return {"contact": builder.page(self.contact_page)}


class StandardPage(BasePage):
    """A page of text: about, contact, privacy, accessibility."""

    is_contact = models.BooleanField(
        _("shows the office's contact details"),
        default=False,
        help_text=_("Name, e-mail, telephone and address from the office settings, above the text."),
    )
    shows_stored_data = models.BooleanField(
        _("says what the site stores about people"),
        default=False,
        db_default=False,
        help_text=_("For the privacy page: what is stored, for how long, and the cookies, below the text."),
    )

    is_legal = models.BooleanField(
        _("is about the use of the site"),
        default=False,
        db_default=False,
        help_text=_("Terms of use, accessibility, privacy: partner sites leave such pages out of lists of content."),
    )

    template = "pages/standard_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("is_contact"),
        FieldPanel("shows_stored_data"),
        FieldPanel("is_legal"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @property
    def document_role(self) -> str:
        return "legal" if self.is_legal or self.shows_stored_data else super().document_role

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.shows_stored_data:
            context |= {"stored_data": stored_data(), "cookies": cookies().items()}
        return context


def programmes_below(page: Page) -> tuple[int, ...]:
    """Return the keys of the documents of public programmes below a home page or section, in tree order. One query."""
    programmes = of_type(ProgrammePage.document_type, page.locale.language_code).rows()
    path = Page.objects.filter(pk=OuterRef("page_number")).values("path")
    below = programmes.annotate(path=Subquery(path)).filter(path__startswith=page.path)
    return tuple(below.order_by("path").values_list("pk", flat=True))
