"""The keys, types and limits of the front matter that every content shares, and how a type adds its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils import timezone
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
    model_validator,
)

from core.content_types.references import DocumentReference, Reference, page_reference
from core.content_types.schemas.values import Locale
from core.languages.declared import COMPLETE_LANGUAGES, LANGUAGE_CODES
from core.places.countries import is_country_code


def checked_by(validator: Any) -> AfterValidator:
    """Return a Django validator as a pydantic one; an empty value passes."""

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


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)]
Slug = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(_slug)]
TopicSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Country = Annotated[str, AfterValidator(_country)]
ContentPath = Annotated[str, AfterValidator(_content)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


# Returns the id of what a file refers to; if it does not exist, reports a problem and returns None.
Resolve = Callable[[Reference], int | None]
# Returns the path in the bundle of the object with this id, or None if it is not in the bundle.
Locate = Callable[[Reference, int | None], str | None]


@dataclass(frozen=True)
class NamedFile:
    """A file that front matter names: the key that names it, and whether it must be a picture."""

    location: tuple[str | int, ...]
    path: str
    is_image: bool = False


class FrontMatterModel(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


def in_every_language(text: Any) -> type[FrontMatterModel]:
    """Return the model of a mapping from each language to a text; only a language that is being introduced may be left
    out.
    """
    needed: dict[str, Any] = dict.fromkeys(COMPLETE_LANGUAGES, (text, ...))
    optional: dict[str, Any] = {code: (text | None, None) for code in LANGUAGE_CODES if code not in needed}
    return create_model("InEveryLanguage", __base__=FrontMatterModel, **needed, **optional)


class ContentFrontMatter(FrontMatterModel):
    """The front matter of any content in one language. A type adds its own keys, and overrides the methods below, which
    turn them into fields of its page and write them back.
    """

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

    def named_files(self) -> Iterator[NamedFile]:
        if self.image:
            yield NamedFile(("image",), self.image, is_image=True)

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        """Return the page fields of this type in addition to those that every content has."""
        return {}

    def page_rows(self, resolve: Resolve, language: str) -> dict[str, list[Any]]:
        """Return the unsaved child rows of the page, by the name of their relation."""
        return {}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        """Return the front matter that this type writes for a page in addition to the common keys, without empty
        values.
        """
        return {}


class ClassifiedFrontMatter(ContentFrontMatter):
    topics: list[TopicSlug] = []
    countries: list[Country] = []


class Correction(FrontMatterModel):
    date: datetime.date
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CorrectedFrontMatter(ClassifiedFrontMatter):
    corrections: list[Correction] = []


class EmbargoedFrontMatter(CorrectedFrontMatter):
    embargo: datetime.datetime | None = None


class FileOfBundle(FrontMatterModel):
    file: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    title: Short = ""
    language: Locale | Literal[""] = ""

    def reference(self) -> DocumentReference:
        return DocumentReference(self.file, self.title, self.language)


def file_of_bundle(value: Any) -> Any:
    """Accept a file that is named by its path alone."""
    return {"file": value} if isinstance(value, str) else value


FileEntry = Annotated[FileOfBundle, BeforeValidator(file_of_bundle)]


def date_or_moment(value: datetime.date | datetime.datetime | None) -> str:
    """Return a date as 2026-03-14, a moment as Cairo time without its zone, or the empty string for None."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M:%S")
    return value.isoformat() if value else ""


def filled(row: Any, *names: str) -> dict[str, Any]:
    """Return the non-empty fields of a row among those named."""
    return {name: getattr(row, name) for name in names if getattr(row, name)}
