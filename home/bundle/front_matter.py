"""The front matter of each kind of file: its keys, their types and limits."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from core.countries import is_country_code
from research.identifiers import validate_doi, validate_isbn, validate_orcid

from .fences import FileOfBundle
from .references import page_reference


def _django_check(validator: Any) -> AfterValidator:
    def check(value: str) -> str:
        try:
            if value:
                validator(value)
        except DjangoValidationError as error:
            raise ValueError(str(error.messages[0])) from error
        return value

    return AfterValidator(check)


def _country(code: str) -> str:
    if not is_country_code(code):
        raise ValueError(f"{code} is not an ISO 3166-1 code of three letters, such as EGY")
    return code


def _slug(value: str) -> str:
    if not all(character.isalnum() or character in "-_" for character in value):
        raise ValueError("a slug has letters, digits and hyphens only")
    return value


def _content(value: str) -> str:
    if not page_reference(value):
        raise ValueError(f"“{value}” does not name a content; write pages/about.md")
    return value


def _file(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Slug = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_slug)]
TopicSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Country = Annotated[str, AfterValidator(_country)]
ContentPath = Annotated[str, AfterValidator(_content)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


class FrontMatterModel(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class ContentFrontMatter(FrontMatterModel):
    """What every content may say of itself in one language."""

    title: Title
    slug: Slug = ""
    summary: Summary = ""
    source: bool = False
    content_id: UUID | None = None
    parent: ContentPath | None = None
    image: str = ""
    image_alt: Line = ""
    image_caption: Line = ""
    image_decorative: bool = False
    menu: bool = False
    order: Annotated[int, Field(ge=0, le=9999)] | None = None

    @model_validator(mode="after")
    def check_image(self) -> ContentFrontMatter:
        if self.image_alt and not self.image:
            raise ValueError("image_alt describes an image, but there is no image; add one or take image_alt out")
        return self


class PageFrontMatter(ContentFrontMatter):
    type: Literal["standard", "section"] = "standard"
    shows_contact: bool = False
    shows_stored_data: bool = False
    legal: bool = False


class ClassifiedFrontMatter(ContentFrontMatter):
    topics: list[TopicSlug] = []
    countries: list[Country] = []


class ProgrammeFrontMatter(ClassifiedFrontMatter):
    contact: ContentPath | None = None


class Correction(FrontMatterModel):
    date: datetime.date
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CorrectedFrontMatter(ClassifiedFrontMatter):
    corrections: list[Correction] = []


class EmbargoedFrontMatter(CorrectedFrontMatter):
    embargo: datetime.datetime | None = None


class NewsFrontMatter(EmbargoedFrontMatter):
    date: datetime.date


class Author(FrontMatterModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    orcid: Annotated[str, _django_check(validate_orcid)] = ""


class PublicationFrontMatter(EmbargoedFrontMatter):
    date: datetime.date
    revised: datetime.date | None = None
    authors: list[Annotated[Author, BeforeValidator(_author)]] = []
    series: Short = ""
    isbn: Annotated[str, _django_check(validate_isbn)] = ""
    doi: Annotated[str, _django_check(validate_doi)] = ""
    files: list[Annotated[FileOfBundle, BeforeValidator(_file)]] = []


class Contact(FrontMatterModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    role: Short = ""
    email: Email
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""


class ReleasePicture(FrontMatterModel):
    """A picture that is cleared for press use: naming it here clears it, so its credit is asked for here."""

    image: Annotated[str, StringConstraints(min_length=1)]
    alt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    caption: Line = ""
    credit: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    copyright_notice: Line = ""


class ReleaseFrontMatter(EmbargoedFrontMatter):
    date: datetime.date
    dateline: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    pictures: list[ReleasePicture] = []
    contacts: list[Contact] = []


class SocialLink(FrontMatterModel):
    label: Short
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=255)]


WebAddress = Annotated[str, StringConstraints(pattern=r"^(?:https?://\S+)?$", max_length=255)]


class OfficeFrontMatter(FrontMatterModel):
    """The office settings of one language; the body of the file is the emergency notice."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    organization: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    contact_email: Email
    contact_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    address: str = ""
    boilerplate: str = ""
    press_picture_terms: str = ""
    exit_address: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=200)] = ""
    licence: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    licence_url: WebAddress = ""
    terms_url: WebAddress = ""
    credit_line: Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)] = ""
    social: list[SocialLink] = []
    notice_kind: Literal["info", "warning"] = "warning"


class TopicNames(FrontMatterModel):
    ar: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    fr: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


FRONT_MATTER: dict[str, type[ContentFrontMatter]] = {
    "pages": PageFrontMatter,
    "programmes": ProgrammeFrontMatter,
    "news": NewsFrontMatter,
    "publications": PublicationFrontMatter,
    "releases": ReleaseFrontMatter,
}
# What is said of the content and not of its text: where two languages state it, they must agree; a language that
# does not state it has it from the others.
SHARED_KEYS = ("content_id", "parent", "type", "topics", "countries", "embargo")
