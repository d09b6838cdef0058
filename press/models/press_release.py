from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.documents import DocumentBuilder, Json, absolute_url, day, timestamp
from core.languages import public_pages
from core.models import EmbargoedPage, OfficeSettings, Topic
from core.related import related_by_topic
from core.renditions import images_with_renditions, prefetch_renditions
from press.release_feeds import release_feeds

from .release_parts import ReleasePicture, values_of


class PressReleasePage(EmbargoedPage):
    date = models.DateField(_("date"), default=timezone.localdate, null=True)
    dateline = models.CharField(_("dateline"), max_length=120, help_text=_("The place: Cairo."))

    template = "pages/press_release_page.html"
    document_type = "press_release"
    shared_by_languages = EmbargoedPage.shared_by_languages | {"date", "embargo_until", "press_kit", "boilerplate"}
    parent_page_types = ["press.PressRoomPage"]
    subpage_types: list[str] = []
    content_panels = [
        *EmbargoedPage.content_panels[:1],
        FieldPanel("date"),
        FieldPanel("dateline"),
        *EmbargoedPage.embargo_panels,
        *EmbargoedPage.correction_panels,
        *EmbargoedPage.content_panels[1:],
        InlinePanel("pictures", heading=_("Press pictures"), label=_("press picture")),
        InlinePanel("contacts", heading=_("Contacts"), label=_("contact")),
        *EmbargoedPage.classification_panels,
    ]
    search_fields = [*EmbargoedPage.search_fields, index.SearchField("dateline"), index.FilterField("date")]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    @property
    def publication_day(self) -> datetime.date | None:
        return self.date

    def document_card(self, builder: DocumentBuilder) -> Json:
        return {"date": day(self.date), "dateline": self.dateline}

    def document_detail(self, builder: DocumentBuilder) -> Json:
        builder.dependencies.add(("office", builder.language))
        boilerplate = OfficeSettings.objects.filter(locale=self.locale_id).values_list("boilerplate", flat=True)
        return {
            **super().document_detail(builder),
            "embargo_until": timestamp(self.embargo_until),
            "pictures": [_picture_document(picture, builder) for picture in self.press_pictures()],
            "contacts": [
                values_of(contact, "name", "role", "email", "phone")
                for contact in self.contacts.all()
                if contact.name and contact.email
            ],
            "boilerplate": boilerplate.first() or "",
            "press_kit": absolute_url(self.press_kit_url),
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = related_by_topic(self, releases_in(self.locale_id), 3)
        prefetch_renditions([self, *context["related"]])
        context["pictures"] = self.press_pictures()
        context["subscribe_url"] = reverse("subscribe")
        context["feeds"] = release_feeds(self.locale.language_code, self.shown_topics)
        return context

    @property
    def press_kit_url(self) -> str:
        """Where the release, its pictures and their terms are to be had in one file, in its own language."""
        with translation.override(self.locale.language_code):
            return reverse("press_kit", args=[self.translation_key])

    def press_pictures(self) -> list[ReleasePicture]:
        """The pictures that the press may use now: a picture that lost its clearance is gone from here at once."""
        pictures = [picture for picture in self.pictures.all() if picture.image_id]
        images = images_with_renditions(picture.image_id for picture in pictures)
        cleared = [picture for picture in pictures if images[picture.image_id].cleared_for_press]
        for picture in cleared:
            picture.image = images[picture.image_id]
        return cleared


def _picture_document(picture: ReleasePicture, builder: DocumentBuilder) -> Json:
    shown = builder.image(picture.image, picture.alt, False, picture.caption)
    image = picture.image
    return {**(shown or {}), "copyright_notice": image.copyright_notice, "original": builder.original(image)}


def topics_of_releases(locale_id: int) -> list[Topic]:
    """The topics that the public press releases of a language are about."""
    releases = public_pages(PressReleasePage.objects.filter(locale_id=locale_id))
    used = PressReleasePage.topics.through.objects.filter(pressreleasepage__in=releases.values("pk"))
    return list(Topic.objects.filter(pk__in=used.values("topic")))


def releases_in(locale_id: int) -> PageQuerySet:
    """The public press releases of a language, newest first, with what a card shows."""
    pages = public_pages(PressReleasePage.objects.filter(locale_id=locale_id))
    return pages.select_related("locale", "lead_image").order_by("-date", "-pk")


def latest_releases(locale_id: int, number: int) -> list[PressReleasePage]:
    return list(releases_in(locale_id)[:number])


def latest_press_pictures(locale_id: int, number: int) -> list[ReleasePicture]:
    """The newest pictures that the press may use, each once, with what is said of them in a language. Three queries."""
    releases = public_pages(PressReleasePage.objects.filter(locale_id=locale_id))
    pictures = ReleasePicture.objects.filter(release__in=releases.values("pk"), image__cleared_for_press=True)
    newest = pictures.select_related("image").order_by("-release__date", "-release", "sort_order")
    by_image: dict[int, ReleasePicture] = {}
    # A picture may stand in several releases; a few more than are wanted are enough to find so many different ones.
    for picture in newest[: number * 4]:
        by_image.setdefault(picture.image_id, picture)
    chosen = list(by_image.values())[:number]
    images = images_with_renditions(picture.image_id for picture in chosen)
    for picture in chosen:
        picture.image = images[picture.image_id]
    return chosen
