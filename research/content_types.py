"""The content type of publications."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from django.utils.translation import pgettext_lazy
from pydantic import BaseModel, BeforeValidator, StringConstraints

from core.content_types.builder import Json
from core.content_types.front_matter import (
    EmbargoedFrontMatter,
    FileEntry,
    FrontMatterModel,
    Locate,
    NamedFile,
    Resolve,
    Short,
    checked_by,
    date_or_moment,
    filled,
)
from core.content_types.linked_data import file_object
from core.content_types.references import DocumentReference
from core.content_types.registry import BundleForm, ContentType, LinkedData, SearchText, declare
from core.content_types.schemas.blocks import File
from core.content_types.schemas.content import Card, Corrected
from core.content_types.schemas.values import Locale
from core.text.identifiers import normal_doi, normal_isbn

from .identifiers import validate_doi, validate_isbn, validate_orcid
from .models import PublicationAuthor, PublicationFile, PublicationPage


class PublicationCard(Card):
    type: Literal["publication"]
    issued: datetime.date
    revised: datetime.date | None
    series: str | None
    isbn: str | None
    doi: str | None
    languages: list[Locale]
    file: File | None


class Author(BaseModel):
    name: str
    orcid: str | None


class PublicationItem(Corrected, PublicationCard):
    authors: list[Author]
    files: list[File]


def _author_entry(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class AuthorEntry(FrontMatterModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    orcid: Annotated[str, checked_by(validate_orcid)] = ""


class PublicationFrontMatter(EmbargoedFrontMatter):
    date: datetime.date
    revised: datetime.date | None = None
    authors: list[Annotated[AuthorEntry, BeforeValidator(_author_entry)]] = []
    series: Short = ""
    isbn: Annotated[str, checked_by(validate_isbn)] = ""
    doi: Annotated[str, checked_by(validate_doi)] = ""
    files: list[FileEntry] = []

    def named_files(self) -> Iterator[NamedFile]:
        yield from super().named_files()
        yield from (NamedFile(("files", index, "file"), item.file) for index, item in enumerate(self.files))

    def page_fields(self, resolve: Resolve) -> dict[str, Any]:
        own = {key: getattr(self, key) for key in ("series", "isbn", "doi")}
        return {"date_issued": self.date, "date_revised": self.revised, **own}

    def page_rows(self, resolve: Resolve, language: str) -> dict[str, list[Any]]:
        files = [
            PublicationFile(
                document_id=resolve(DocumentReference(item.file, item.title, item.language or language)),
                language=item.language or language,
                title=item.title,
            )
            for item in self.files
        ]
        return {"authors": [PublicationAuthor(**author.model_dump()) for author in self.authors], "files": files}

    @classmethod
    def values_of(cls, page: Any, locate: Locate) -> dict[str, Any]:
        files = [
            {"file": locate(DocumentReference(""), item.document_id), **filled(item, "language", "title")}
            for item in page.files.all()
        ]
        return {
            "date": date_or_moment(page.date_issued),
            "revised": date_or_moment(page.date_revised),
            "authors": [filled(row, "name", "orcid") if row.orcid else row.name for row in page.authors.all()],
            **filled(page, "series", "isbn", "doi"),
            "files": [{key: value for key, value in item.items() if value} for item in files],
        }


def _search_words(item: Json) -> Iterator[str]:
    yield from (author["name"] for author in item["authors"])
    yield item["series"] or ""


def _linked_author(author: Json) -> Json:
    orcid = {"@id": f"https://orcid.org/{author['orcid']}"} if author["orcid"] else {}
    return {"@type": "Person", "name": author["name"], **orcid}


def _linked_data(item: Json) -> Json:
    doi = item["doi"]
    return {
        "isbn": item["isbn"],
        "sameAs": f"https://doi.org/{doi}" if doi else None,
        "author": [_linked_author(author) for author in item["authors"]],
        "isPartOf": {"@type": "CreativeWorkSeries", "name": item["series"]} if item["series"] else None,
        "encoding": [file_object(file) for file in item["files"]],
    }


declare(
    ContentType(
        name="publication",
        model=PublicationPage,
        position=30,
        path="publications",
        plural=pgettext_lazy("type of content", "Publications"),
        card=PublicationCard,
        item=PublicationItem,
        linked_data=LinkedData(type="Report", properties=_linked_data),
        bundle=BundleForm(folder="publications", parent="pages/research", front_matter=PublicationFrontMatter),
        search=SearchText(words=_search_words, identifiers={"isbn": normal_isbn, "doi": normal_doi}),
        date_key="issued",
        has_feed=True,
    )
)
