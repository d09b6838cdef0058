"""Press releases, as a type of content."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from django.utils.translation import pgettext_lazy
from pydantic import BaseModel, StringConstraints

from core.content_types.builder import Json
from core.content_types.front_matter import (
    Email,
    EmbargoedFrontMatter,
    FrontMatterModel,
    Line,
    Locate,
    NamedFile,
    Resolve,
    Short,
    date_or_moment,
    filled,
)
from core.content_types.references import ImageReference
from core.content_types.registry import BundleForm, ContentType, LinkedData, declare
from core.content_types.schemas.blocks import Image
from core.content_types.schemas.content import Card, Corrected
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact, ReleasePicture


class PressReleaseCard(Card):
    type: Literal["press_release"]
    date: datetime.date
    dateline: str


class Contact(BaseModel):
    name: str
    role: str | None
    email: str | None
    phone: str | None


class OriginalPicture(BaseModel):
    url: str
    filename: str
    mime: str
    width: int
    height: int
    bytes: int | None


class PressPicture(Image):
    copyright_notice: str
    original: OriginalPicture


class PressReleaseItem(Corrected, PressReleaseCard):
    embargo_until: str | None
    pictures: list[PressPicture]
    contacts: list[Contact]
    boilerplate: str
    press_kit: str


class ContactEntry(FrontMatterModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    role: Short = ""
    email: Email
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""


class PictureEntry(FrontMatterModel):
    """A picture that is cleared for press use: naming it here clears it, so its credit is required here."""

    image: Annotated[str, StringConstraints(min_length=1)]
    alt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    caption: Line = ""
    credit: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    copyright_notice: Line = ""

    def reference(self) -> ImageReference:
        return ImageReference(self.image, self.credit, self.copyright_notice, cleared_for_press=True)


class ReleaseFrontMatter(EmbargoedFrontMatter):
    date: datetime.date
    dateline: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    pictures: list[PictureEntry] = []
    contacts: list[ContactEntry] = []

    def named_files(self) -> Iterator[NamedFile]:
        yield from super().named_files()
        for index, picture in enumerate(self.pictures):
            yield NamedFile(("pictures", index, "image"), picture.image, is_image=True)

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        return {"date": self.date, "dateline": self.dateline}

    def page_rows(self, resolve: Resolve, language: str) -> dict[str, list[Any]]:
        pictures = [
            ReleasePicture(image_id=resolve(item.reference()), alt=item.alt, caption=item.caption)
            for item in self.pictures
        ]
        return {"pictures": pictures, "contacts": [ReleaseContact(**item.model_dump()) for item in self.contacts]}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        pictures = [
            {
                "image": locate(ImageReference(""), item.image_id),
                **filled(item, "alt", "caption"),
                **filled(item.image, "credit", "copyright_notice"),
            }
            for item in page.press_pictures()
        ]
        contacts = [filled(item, "name", "role", "email", "phone") for item in page.contacts.all()]
        date = date_or_moment(page.date)
        return {"date": date, "dateline": page.dateline, "pictures": pictures, "contacts": contacts}


def _linked_data(item: Json) -> Json:
    return {"headline": item["title"], "dateline": item["dateline"]}


declare(
    ContentType(
        name="press_release",
        model=PressReleasePage,
        position=20,
        path="press-releases",
        plural=pgettext_lazy("type of content", "Press releases"),
        card=PressReleaseCard,
        item=PressReleaseItem,
        linked_data=LinkedData(type="NewsArticle", properties=_linked_data),
        bundle=BundleForm(folder="releases", parent="pages/press", front_matter=ReleaseFrontMatter),
        date_key="date",
        has_feed=True,
        ages=True,
    )
)
