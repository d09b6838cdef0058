from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.search import index

from core.content_types.builder import DocumentBuilder, Json, absolute_url, day, timestamp
from core.models import EmbargoedPage, OfficeSettings, Topic
from core.pictures.renditions import images_with_renditions, prefetch_renditions
from listing.cards import cards_of
from listing.counts import value_counts
from listing.newest import newest, of_type, related_numbers

from .feeds import release_feeds
from .parts import ReleasePicture, values_of

# In how many of the newest releases the press room looks for pictures.
RELEASES_WITH_PICTURES = 100


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
        context["related"] = cards_of(related_numbers(self, self.document_type, 3))
        prefetch_renditions([self])
        context["pictures"] = self.press_pictures()
        context["subscribe_url"] = reverse("subscribe")
        context["feeds"] = release_feeds(self.locale.language_code, self.shown_topics)
        return context

    @property
    def press_kit_url(self) -> str:
        """The URL of one file with the release, its pictures and their terms, in the release's own language."""
        with translation.override(self.locale.language_code):
            return reverse("press_kit", args=[self.translation_key])

    def press_pictures(self) -> list[ReleasePicture]:
        """Return the pictures that the press may use now: one that loses its clearance disappears at once."""
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


def topics_of_releases(language: str) -> list[Topic]:
    """Return the topics of the public press releases in a language."""
    counted = value_counts(of_type(PressReleasePage.document_type, language), ("topic",))["topic"]
    return list(Topic.objects.filter(slug__in=counted))


def latest_press_pictures(language: str, number: int) -> list[ReleasePicture]:
    """Return the newest pictures that the press may use, each once, from the newest releases in a language and with
    their texts.

    Two queries, one more if something was published.
    """
    places = newest(of_type(PressReleasePage.document_type, language), RELEASES_WITH_PICTURES)
    releases = [place.page_number for place in places]
    pictures = ReleasePicture.objects.filter(release__in=releases, image__cleared_for_press=True)
    found = pictures.select_related("image").order_by("-release__date", "-release", "sort_order")
    by_image: dict[int, ReleasePicture] = {}
    # A picture may be in several releases; fetching a few more than are wanted is enough to find that many different
    # ones.
    for picture in found[: number * 4]:
        by_image.setdefault(picture.image_id, picture)
    chosen = list(by_image.values())[:number]
    images = images_with_renditions(picture.image_id for picture in chosen)
    for picture in chosen:
        picture.image = images[picture.image_id]
    return chosen
