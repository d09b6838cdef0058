"""Creates objects for tests. A test specifies the values that matter to it; all others get valid defaults."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from itertools import count, cycle
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db.models import Model
from PIL import Image as Picture
from pypdf import PdfWriter
from wagtail.models import Locale, Page

from core.checks.pages import page_types
from core.models import ClassifiedPage, ContentDocument, ContentImage, Topic
from events.models import EventCorrection, EventFile, EventIndexPage, EventPage
from home.models import HomePage, ProgrammePage, SectionPage, StandardPage
from news.models import NewsCorrection, NewsIndexPage, NewsPage
from press.inquiries.page import InquiryPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from press.room.page import PressRoomPage
from research.models import (
    PublicationAuthor,
    PublicationCorrection,
    PublicationFile,
    PublicationPage,
    ResearchIndexPage,
)
from search.page import SearchPage

LANGUAGES = ("ar", "en", "fr")
# Page types that editors create many pages of, and those with a single page in each language.
CREATED_TYPES: tuple[type[Page], ...] = (
    SectionPage,
    ProgrammePage,
    StandardPage,
    NewsPage,
    PublicationPage,
    PressReleasePage,
    EventPage,
)
SINGLE_TYPES: tuple[type[Page], ...] = (
    HomePage,
    NewsIndexPage,
    ResearchIndexPage,
    PressRoomPage,
    EventIndexPage,
    InquiryPage,
    SearchPage,
)
PARENT_TYPES: dict[type[Page], type[Page]] = {
    SectionPage: HomePage,
    ProgrammePage: SectionPage,
    StandardPage: HomePage,
    NewsPage: NewsIndexPage,
    PublicationPage: ResearchIndexPage,
    PressReleasePage: PressRoomPage,
    EventPage: EventIndexPage,
}
TITLES = {"ar": "صفحة الاختبار", "en": "A page of the tests", "fr": "Une page d’essai"}
WORDS = {"ar": "كلمات الاختبار", "en": "words of the tests", "fr": "mots d’essai"}

_numbers = count(1)


def words(language: str) -> str:
    """Return words in a language that are unique to this call."""
    return f"{WORDS[language]} {next(_numbers):05d}"


def words_in(language: str, *values: Any) -> set[str]:
    """Return the texts made by `words` for a language that appear in these values, or in the fields of objects."""
    texts = (str(vars(value) if isinstance(value, Model) else value) for value in values)
    return {found for text in texts for found in re.findall(rf"{WORDS[language]} \d{{5}}", text)}


def make_image(title: str = "A picture", **fields: Any) -> ContentImage:
    file = BytesIO()
    Picture.new("RGB", (64, 36), (0, 51, 160)).save(file, "PNG")
    image: ContentImage = ContentImage.objects.create(
        title=title, file=ContentFile(file.getvalue(), f"picture-{next(_numbers)}.png"), **fields
    )
    return image


def make_document(title: str = "A file", **fields: Any) -> ContentDocument:
    document: ContentDocument = ContentDocument.objects.create(
        title=title, file=ContentFile(b"a,b\n1,2\n", f"file-{next(_numbers)}.csv"), **fields
    )
    return document


def pdf_content(pages: int = 1, title: str = "A file") -> bytes:
    """Return a PDF file with empty pages; a different title makes a different file."""
    writer, file = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": title})
    writer.write(file)
    return file.getvalue()


def the_page(model: type[Page], language: str) -> Page:
    """Return the first page of a type in a language, from the starter content."""
    page: Page = model.objects.filter(locale__language_code=language, alias_of=None).order_by("path").first()
    assert page, f"no {model.__name__} in {language}"
    return page


def parent_of_new(model: type[Page], language: str) -> Page:
    """Return the page below which editors add pages of this type."""
    return the_page(PARENT_TYPES[model], language)


def make_page(model: type[Page], language: str, *, parent: Page | None = None, live: bool = True, **fields: Any) -> Any:
    """Create a page below `parent` (by default its usual parent); it is published, or a draft with `live=False`."""
    usual: dict[str, Any] = {
        "title": f"{TITLES[language]} {next(_numbers)}",
        "locale": Locale.objects.get(language_code=language),
        "live": False,
    }
    if model is PublicationPage:
        usual["date_issued"] = date(2026, 3, 1)
    if model is PressReleasePage:
        usual["dateline"] = words(language)
    if model is EventPage:
        usual["start_date"] = date(2031, 3, 1)
    page = model(**usual | fields)
    (parent or parent_of_new(model, language)).add_child(instance=page)
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    return model.objects.get(pk=page.pk)


def complete_fields(model: type[Page], language: str) -> dict[str, Any]:
    """Return a value for every field that an editor fills in, including child objects."""
    fields: dict[str, Any] = {
        "summary": words(language),
        "lead_image": make_image(credit="IOM 2026 / Name"),
        "lead_image_alt": words(language),
        "lead_image_caption": words(language),
        "body": every_block(language),
    }
    if issubclass(model, ClassifiedPage):
        fields |= {"topics": list(Topic.objects.all()[:2]), "countries": ["EGY", "LBN"]}
    own = _OWN_FIELDS.get(model)
    return fields | (own(language) if own else {})


def every_block(language: str) -> list[dict[str, Any]]:
    """Return the stored form of a body with a block of every type, each with a value in every field."""
    target = the_page(StandardPage, language)
    document = make_document(language=language)
    text = (
        f'<p>{words(language)} <b>{words(language)}</b> <a linktype="page" id="{target.pk}">{words(language)}</a></p>'
    )
    table = {
        "data": [[words(language), words(language)], [words(language), None]],
        "table_caption": words(language),
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "cell": [],
        "mergeCells": [],
    }
    call = {"text": words(language), "label": words(language), "page": target.pk, "url": "", "email": ""}
    values: dict[str, Any] = {
        "rich_text": text,
        "heading": {"text": words(language), "level": "2"},
        "image": {
            "image": {"image": make_image().pk, "alt_text": words(language), "decorative": False},
            "caption": words(language),
        },
        "quote": {"text": words(language), "attribution": words(language)},
        "key_figures": _items([_figure("34", language), _figure("5", language)]),
        "table": table,
        "documents": {
            "title": words(language),
            "files": _items([{"document": document.pk, "title": words(language)}]),
        },
        "call_to_action": call,
        "related_pages": {"title": words(language), "pages": _items([target.pk])},
        "embed": {
            "url": "https://example.org/video",
            "title": words(language),
            "description": words(language),
        },
        "notice": {"kind": "info", "title": words(language), "text": f"<p>{words(language)}</p>"},
    }
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in values.items()]


def _figure(value: str, language: str) -> dict[str, str]:
    return {"value": value, "label": words(language), "as_of": "2025", "source": words(language)}


def _items(values: list[Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def _programme_fields(language: str) -> dict[str, Any]:
    return {"contact_page": the_page(StandardPage, language).page_ptr}


def _standard_fields(language: str) -> dict[str, Any]:
    return {"is_contact": True, "shows_stored_data": True, "is_legal": True}


def _news_fields(language: str) -> dict[str, Any]:
    return {
        "date": date(2026, 3, 1),
        "corrections": [NewsCorrection(date=date(2026, 3, 2), text=words(language))],
    }


def _publication_fields(language: str) -> dict[str, Any]:
    return {
        "date_issued": date(2026, 3, 1),
        "date_revised": date(2026, 4, 1),
        "series": words(language),
        "isbn": "978-92-9278-000-5",
        "doi": "10.1234/abc",
        "corrections": [PublicationCorrection(date=date(2026, 3, 2), text=words(language))],
        "authors": [PublicationAuthor(name=words(language), orcid="0000-0002-1825-0097")],
        "files": [PublicationFile(document=make_document(), language=language, title=words(language))],
    }


def _release_fields(language: str) -> dict[str, Any]:
    return {
        "date": date(2026, 3, 1),
        "dateline": words(language),
        "corrections": [ReleaseCorrection(date=date(2026, 3, 2), text=words(language))],
        "pictures": [
            ReleasePicture(
                image=make_image(credit="IOM 2026 / Name", cleared_for_press=True),
                alt=words(language),
                caption=words(language),
            )
        ],
        "contacts": [
            ReleaseContact(name=words(language), role=words(language), email="press@example.org", phone="+20 2 1234")
        ],
    }


def _event_fields(language: str) -> dict[str, Any]:
    return {
        "kind": "event",
        "start_date": date(2031, 3, 1),
        "start_time": time(10),
        "end_date": date(2031, 3, 1),
        "end_time": time(12, 30),
        "deadline_date": date(2031, 2, 1),
        "deadline_time": time(18),
        "time_zone": "Asia/Amman",
        "place": words(language),
        "online_url": "https://example.org/event",
        "spoken": ["ar", "en"],
        "organizer": words(language),
        "how_to_apply": words(language),
        "apply_url": "https://example.org/register",
        "corrections": [EventCorrection(date=date(2026, 3, 2), text=words(language))],
        "files": [EventFile(document=make_document(), language=language, title=words(language))],
    }


_OWN_FIELDS: dict[type[Page], Callable[[str], dict[str, Any]]] = {
    ProgrammePage: _programme_fields,
    StandardPage: _standard_fields,
    NewsPage: _news_fields,
    PublicationPage: _publication_fields,
    PressReleasePage: _release_fields,
    EventPage: _event_fields,
}
assert set(CREATED_TYPES + SINGLE_TYPES) == set(page_types())
# Every page type, each in one language in turn: a test of both needs no full matrix, since they are independent.
CREATED_TYPES_IN_A_LANGUAGE = list(zip(CREATED_TYPES, cycle(LANGUAGES), strict=False))
