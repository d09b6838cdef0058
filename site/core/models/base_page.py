from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.locks import BaseLock
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks.body import BodyBlock
from core.content_types.builder import DocumentBuilder, Json
from core.editing.copy_form import SameLanguageCopyForm
from core.languages.field import LanguageField
from core.languages.restrictions import is_restricted
from core.languages.versions import language_versions
from core.links.targets import remember_links
from core.pages.navigation import breadcrumb
from core.processing.unit_of_work import unit_of_work
from core.publication.locks import lock_of
from core.publication.rules import PublicationRefused, Refusal
from core.text.word_forms import FoundByWordForms
from core.web.methods import READ

from .content_image import ContentImage
from .countries import CountriesField
from .topic import Topic


class BasePage(FoundByWordForms, Page):
    """The base of every page of the site. Abstract: Wagtail's own page model is unchanged."""

    summary = models.CharField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One or two plain sentences: what the reader finds here. Shown in lists and by search engines."),
    )
    lead_image = models.ForeignKey(
        ContentImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = models.CharField(
        _("what the picture shows"),
        max_length=255,
        blank=True,
        help_text=_("For readers who cannot see it, in the language of this page."),
    )
    lead_image_is_decorative = models.BooleanField(_("the picture is decoration only"), default=False)
    lead_image_caption = models.CharField(_("caption"), max_length=255, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    source_language = LanguageField(_("first written in"), blank=True, editable=False)

    # A type with a form says that it takes one (core.web.methods.FORM).
    allowed_http_methods = READ

    # Its type of content (core.content_types.registry).
    document_type: ClassVar[str] = "page"
    # The path in a bundle of the content of this type, if a site has only one: pages/news.
    bundle_path: ClassVar[str] = ""
    # The purpose of the page, as partners know it: content, home, index (of content), tool or legal.
    role: ClassVar[str] = "content"
    # Keys of its document whose values are the same in every language: changing one leaves translations up to date.
    shared_by_languages: ClassVar[frozenset[str]] = frozenset()
    # Set while a form checks a draft, as in Wagtail's forms and blocks: what is missing is required on publication.
    is_deferred_validation = False
    copy_form_class = SameLanguageCopyForm
    # A copy is a separate content.
    exclude_fields_in_copy = ["source_language"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("lead_image"),
                FieldPanel("lead_image_alt"),
                FieldPanel("lead_image_is_decorative"),
                FieldPanel("lead_image_caption"),
            ],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        *FoundByWordForms.word_form_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("alias_of"),
    ]

    class Meta:
        abstract = True

    @property
    def languages_of_title(self) -> tuple[str, ...]:
        return (self.locale.language_code,)

    def clean(self) -> None:
        super().clean()
        described = self.lead_image_alt or self.lead_image_is_decorative or not self.lead_image_id
        if not described and not self.is_deferred_validation:
            raise ValidationError({"lead_image_alt": _("Say what the picture shows, or mark it as decoration only.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, as the source of its content unless it was created as a translation of another."""
        self.source_language = self.source_language or self._first_language()
        with unit_of_work():
            try:
                super().save(*args, **kwargs)
            except ValidationError as error:
                raise self._named(error) from error

    def _named(self, error: ValidationError) -> ValidationError:
        """Turn an error of a page that is saved as live into a refusal that names the page, language and field."""
        if isinstance(error, PublicationRefused) or not (self.live and hasattr(error, "error_dict")):
            return error
        found = error.message_dict.items()
        return PublicationRefused(
            Refusal(self, message, "" if field == NON_FIELD_ERRORS else field)
            for field, messages in found
            for message in messages
        )

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Save a version, which may lack everything but its title, however it is saved: the rest is required on
        publication.
        """
        if clean:
            self.minimal_clean()
        return super().save_revision(*args, clean=False, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the page; the consequences follow once it and all pages below it are gone."""
        with unit_of_work(changes_tree=True):
            return super().delete(*args, **kwargs)

    def _first_language(self) -> str:
        """Return the language in which the content of a page that is saved for the first time was first written."""
        versions = type(self)._default_manager.filter(translation_key=self.translation_key)
        language: str = versions.values_list("source_language", flat=True).first() or self.locale.language_code
        return language

    def get_lock(self) -> BaseLock | None:
        return lock_of(self, super().get_lock())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Serve the preview in the language of the page, whatever the editor's own."""
        with translation.override(self.locale.language_code):
            response: TemplateResponse = super().serve_preview(request, mode_name)
            return response.render()

    @property
    def publication_day(self) -> date | None:
        """The date that readers know the content by; None if it has none."""
        return None

    @property
    def document_role(self) -> str:
        """The purpose of this page; overridden by a type whose pages differ in purpose."""
        return self.role

    @property
    def lacks_a_date(self) -> bool:
        """Whether this draft lacks a date that every published page of its type has."""
        wanted = [
            field for field in self._meta.concrete_fields if isinstance(field, models.DateField) and not field.blank
        ]
        return any(field.editable and field.value_from_object(self) is None for field in wanted)

    def document_card(self, builder: DocumentBuilder) -> Json:
        """Return what the page type adds to the card of its document."""
        return {}

    def document_detail(self, builder: DocumentBuilder) -> Json:
        """Return what the page type adds to the whole document, in addition to the card and the body."""
        return {}

    def get_view_restrictions(self) -> Any:
        """Return Wagtail's result, which takes a query for each page, without one for pages that are not restricted."""
        return super().get_view_restrictions() if is_restricted(self) else PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        remember_links(self)
        context["language_versions"] = language_versions(self)
        context["breadcrumb"] = breadcrumb(self)
        return context


class ClassifiedPage(BasePage):
    """A page that is about topics and countries. Both belong to the content, so its translations share them."""

    shared_by_languages = frozenset({"topics", "countries"})
    topics = ParentalManyToManyField("core.Topic", verbose_name=_("topics"), blank=True, related_name="+")
    countries = CountriesField(_("countries"))

    # wagtail-localize leaves many-to-many fields out unless they are named.
    override_translatable_fields = [SynchronizedField("topics", overridable=False)]
    classification_panels = [
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("countries")], heading=_("What it is about"))
    ]

    class Meta:
        abstract = True

    @cached_property
    def shown_topics(self) -> list[Topic]:
        """The topics, fetched once while a page is rendered."""
        return list(self.topics.all())
