from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.documents import DocumentBuilder, Json, day
from core.languages import public_pages
from core.models import ClassifiedPage
from core.related import related_by_topic
from core.renditions import prefetch_renditions


class PressReleasePage(ClassifiedPage):
    date = models.DateField(_("date"), default=timezone.localdate)
    dateline = models.CharField(_("dateline"), max_length=120, help_text=_("The place: Cairo."))
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Cairo time. The release is not public before; publishing it schedules it for then."),
    )

    template = "pages/press_release_page.html"
    document_type = "press_release"
    schema_org_type = "NewsArticle"
    parent_page_types = ["press.PressRoomPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ClassifiedPage.content_panels[:1],
        FieldPanel("date"),
        FieldPanel("dateline"),
        FieldPanel("embargo_until"),
        *ClassifiedPage.content_panels[1:],
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        *ClassifiedPage.classification_panels,
    ]
    search_fields = [*ClassifiedPage.search_fields, index.SearchField("dateline"), index.FilterField("date")]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = related_by_topic(self, releases_in(self.locale_id), 3)
        prefetch_renditions([self, *context["related"]])
        return context

    @property
    def publication_day(self) -> datetime.date:
        return self.date

    def document_card(self, builder: DocumentBuilder) -> Json:
        return {"date": day(self.date), "dateline": self.dateline}

    def document_detail(self, builder: DocumentBuilder) -> Json:
        names = ("name", "role", "email", "phone")
        return {
            "contacts": [{name: getattr(contact, name) or None for name in names} for contact in self.contacts.all()]
        }

    def clean(self) -> None:
        super().clean()
        page: Any = self  # Wagtail, whose fields these are, has no types
        before = self._embargo_before()
        if before and before != self.embargo_until and before == page.go_live_at:
            # The schedule came from an embargo that has been moved or lifted.
            page.go_live_at = None
        end = self.end_of_embargo()
        if end:
            page.go_live_at = max(page.go_live_at or end, end)
            # Wagtail creates a page as live and schedules it a moment later.
            page.live = page.live and page.live_revision_id is not None

    def _embargo_before(self) -> datetime.datetime | None:
        """The embargo as it was saved last."""
        revision = self.latest_revision
        written = revision.content.get("embargo_until") if revision else None
        before: datetime.datetime | None = self._meta.get_field("embargo_until").to_python(written)
        return before

    def end_of_embargo(self) -> datetime.datetime | None:
        """When the release may go out, in whatever language the embargo was set; None where nothing holds it back."""
        others = PressReleasePage.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        embargoes = [self.embargo_until, *others.values_list("embargo_until", flat=True)]
        return max((end for end in embargoes if end and end > timezone.now()), default=None)


class ReleaseContact(Orderable):
    """Somebody whom journalists may turn to about a release."""

    release = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("email"), FieldPanel("phone")]

    def __str__(self) -> str:
        return self.name


def releases_in(locale_id: int) -> PageQuerySet:
    """The public press releases of a language, newest first, with what a card shows."""
    pages = public_pages(PressReleasePage.objects.filter(locale_id=locale_id))
    return pages.select_related("locale", "lead_image").order_by("-date", "-pk")


def latest_releases(locale_id: int, number: int) -> list[PressReleasePage]:
    return list(releases_in(locale_id)[:number])
