"""Research publications and their list."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.content_types.builder import DocumentBuilder, Json, day
from core.languages.field import LanguageField
from core.models import BasePage, ContentDocument, Correction, DocumentVersion, EmbargoedPage, public_versions
from core.pages.pagination import paginated
from core.pictures.renditions import prefetch_renditions
from listing.cards import cards_of
from listing.narrowed import NarrowedList
from listing.newest import related_numbers

from .identifiers import validate_doi, validate_isbn, validate_orcid

ITEMS_PER_PAGE = 12


class ResearchIndexPage(BasePage):
    template = "pages/research_index_page.html"
    role = "index"
    bundle_path = "pages/research"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["research.PublicationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of publications")
        verbose_name_plural = _("lists of publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["narrowed"] = NarrowedList(request, PublicationPage.document_type)
        context["items"] = paginated(request, context["narrowed"].cards, ITEMS_PER_PAGE)
        prefetch_renditions([self])
        return context


class PublicationPage(EmbargoedPage):
    """The page of a publication: its summary, its authors and its files."""

    date_issued = models.DateField(_("date issued"), null=True)
    date_revised = models.DateField(_("date revised"), null=True, blank=True)
    series = models.CharField(_("series"), max_length=160, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True, validators=[validate_isbn])
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[validate_doi])

    template = "pages/publication_page.html"
    document_type = "publication"
    shared_by_languages = EmbargoedPage.shared_by_languages | {"issued", "revised", "isbn", "doi", "languages"}
    parent_page_types = ["research.ResearchIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *EmbargoedPage.content_panels[:1],
        *EmbargoedPage.correction_panels,
        *EmbargoedPage.content_panels[1:],
        InlinePanel("authors", heading=_("Authors"), label=_("author")),
        MultiFieldPanel(
            [
                FieldPanel("date_issued"),
                FieldPanel("date_revised"),
                FieldPanel("series"),
                FieldPanel("isbn"),
                FieldPanel("doi"),
            ],
            heading=_("Publication"),
        ),
        *EmbargoedPage.embargo_panels,
        InlinePanel("files", heading=_("Files"), label=_("file")),
        *EmbargoedPage.classification_panels,
    ]
    search_fields = [
        *EmbargoedPage.search_fields,
        index.SearchField("isbn"),
        index.SearchField("doi"),
        index.SearchField("series"),
        index.RelatedFields("authors", [index.SearchField("name")]),
        index.FilterField("date_issued"),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["files"] = files_with_versions(self)
        context["related"] = cards_of(related_numbers(self, self.document_type, 3))
        prefetch_renditions([self])
        return context

    @property
    def publication_day(self) -> date | None:
        return self.date_issued

    def document_card(self, builder: DocumentBuilder) -> Json:
        files = self._document_files(builder)
        return {
            "issued": day(self.date_issued),
            "revised": day(self.date_revised),
            "series": self.series or None,
            "isbn": self.isbn or None,
            "doi": self.doi or None,
            "languages": sorted({file["locale"] for file in files}),
            "file": files[0] if files else None,
        }

    def document_detail(self, builder: DocumentBuilder) -> Json:
        authors = [{"name": author.name, "orcid": author.orcid or None} for author in self.authors.all()]
        return {**super().document_detail(builder), "authors": authors, "files": self._document_files(builder)}

    def _document_files(self, builder: DocumentBuilder) -> list[Json]:
        files = [builder.file(file.document, file.title, file.language) for file in self.files.all() if file.document]
        return [file for file in files if file]


class PublicationCorrection(Correction):
    publication = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="corrections")


class PublicationAuthor(Orderable):
    publication = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=160, help_text=_("As it is written in the language of this page."))
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True, validators=[validate_orcid])

    panels = [FieldPanel("name"), FieldPanel("orcid")]

    def __str__(self) -> str:
        return self.name


class PublicationFile(Orderable):
    publication = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        ContentDocument, verbose_name=_("file"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    language = LanguageField(_("language of the file"))
    title = models.CharField(_("title"), max_length=160, blank=True, help_text=_("Empty: the file's own title."))

    panels = [FieldPanel("document"), FieldPanel("language"), FieldPanel("title")]

    def __str__(self) -> str:
        return self.title or str(self.document or "")


def files_with_versions(publication: PublicationPage) -> list[PublicationFile]:
    """Return the public files with their public earlier versions. One query, plus one if any file has versions."""
    public = DocumentVersion.objects.filter(document=OuterRef("document"), is_public=True)
    files = publication.files.select_related("document")
    if isinstance(files, QuerySet):  # not for a draft in preview
        files = files.annotate(has_versions=Exists(public))
    shown = [file for file in files if file.document and not file.document.is_private]
    with_versions = [file for file in shown if getattr(file, "has_versions", True)]
    prefetch_related_objects(with_versions, public_versions("document__"))
    return shown
