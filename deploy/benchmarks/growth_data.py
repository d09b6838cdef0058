"""Writes many news items, publications and press releases in three languages straight into the database.

Their pages, published documents and facet values are copies of existing ones with other identities and dates.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Page

from core.languages.declared import LANGUAGE_CODES
from core.models import BasePage, Topic
from news.models import NewsPage
from press.releases.page import PressReleasePage
from publishing.documents import compact, path_digest
from publishing.models import DocumentFacet, PublishedDocument, Sequence
from research.models import PublicationPage

COUNTRIES = ("EGY", "IRQ", "JOR", "LBN", "LBY", "MAR", "SDN", "SYR", "TUN", "YEM")
# How many of ten contents are of a type, and the field with the date that readers see.
TYPES: dict[type[BasePage], tuple[int, str]] = {
    NewsPage: (6, "date"), PublicationPage: (2, "date_issued"), PressReleasePage: (2, "date"),
}  # fmt: skip
_NEWEST = date(2026, 6, 30)
_DAYS = 3650
_AT_ONCE = 300

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Content:
    """The part of a content that is the same in all its languages."""

    content_id: UUID
    number: int
    day: date
    country: str
    topic: Topic


def write_contents(first: int, end: int, progress: Progress = lambda done, total: None) -> None:
    """Write the contents numbered `first` to `end` - 1, each in every language, with the shares of types in TYPES."""
    topics = list(Topic.objects.order_by("slug"))
    models_in_turn = [model for model, (share, _) in TYPES.items() for _ in range(share)]
    for model in TYPES:
        numbers = [number for number in range(first, end) if models_in_turn[number % len(models_in_turn)] is model]
        makers = [_Maker(model, language) for language in LANGUAGE_CODES]
        contents = (
            Content(uuid4(), number, _NEWEST - timedelta(number * 7 % _DAYS), COUNTRIES[number % 9], topics[number % 7])
            for number in numbers
        )
        for part in _parts(contents):
            with transaction.atomic():
                for maker in makers:
                    maker.write(part)
        progress(len(numbers), end - first)


def _parts(contents: Iterator[Content]) -> Iterator[list[Content]]:
    while part := [content for content, _ in zip(contents, range(_AT_ONCE), strict=False)]:
        yield part


class _Maker:
    """Writes contents of one type in one language."""

    def __init__(self, model: type[BasePage], language: str) -> None:
        documents = PublishedDocument.objects.filter(type=model.document_type, locale=language, removal="")
        self.model = model
        self.document = documents.order_by("-card_picture", "pk")[0]  # one with a picture, if there is one
        self.full = json.loads(self.document.full)
        self.card_names = tuple(json.loads(self.document.card))
        self.page = model.objects.get(pk=self.document.page_number)
        self.parent = self.page.get_parent()

    def write(self, contents: list[Content]) -> None:
        pages = [self._page(content, place) for place, content in enumerate(contents)]
        self._insert(pages)
        self._file_under_topics(pages, contents)
        self.parent.numchild += len(pages)
        self.parent.save(update_fields=["numchild"])
        self._write_documents(pages, contents)

    def _page(self, content: Content, place: int) -> Any:
        page = copy.copy(self.page)
        page._state = models.base.ModelState()
        page.pk = page.id = page.page_ptr_id = None
        last = self.parent.get_last_child()
        step = int(last.path[-Page.steplen :], 36)
        page.path = self.model._get_path(self.parent.path, self.parent.depth + 1, step + 1 + place)
        page.slug = f"growth-{content.number}"
        page.title = page.draft_title = f"{self.page.title} {content.number}"
        page.url_path = f"{self.parent.url_path}{page.slug}/"
        page.translation_key = content.content_id
        page.countries = [content.country]
        page.live_revision_id = page.latest_revision_id = None
        setattr(page, TYPES[self.model][1], content.day)
        return page

    def _insert(self, pages: list[Any]) -> None:
        names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
        rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in pages)
        for page, row in zip(pages, rows, strict=True):
            page.pk = page.id = page.page_ptr_id = row.pk
        insert = models.sql.InsertQuery(self.model)
        insert.insert_values(self.model._meta.local_concrete_fields, pages)
        insert.get_compiler(connection=connection).execute_sql()

    def _file_under_topics(self, pages: list[Any], contents: list[Content]) -> None:
        field = self.model._meta.get_field("topics")
        through, owner = field.remote_field.through, field.m2m_field_name()
        through.objects.bulk_create(
            through(**{f"{owner}_id": page.pk, "topic_id": content.topic.pk})
            for page, content in zip(pages, contents, strict=True)
        )

    def _write_documents(self, pages: list[Any], contents: list[Content]) -> None:
        sequence = Sequence.objects.select_for_update().get(pk=1)
        rows = PublishedDocument.objects.bulk_create(
            self._document(page, content, seq)
            for seq, (page, content) in enumerate(zip(pages, contents, strict=True), start=sequence.last + 1)
        )
        sequence.last += len(rows)
        sequence.save()
        DocumentFacet.objects.bulk_create(
            DocumentFacet(document=row, name=name, value=value)
            for row, content in zip(rows, contents, strict=True)
            for name, value in _facets(content)
        )

    def _document(self, page: Any, content: Content, seq: int) -> PublishedDocument:
        address = self.full["html_url"].rsplit("/", 2)[0] + f"/{page.slug}/"
        full = {
            **self.full,
            "content_id": str(content.content_id),
            "title": page.title,
            "slug": page.slug,
            "html_url": address,
            "countries": [{"code": content.country, "label": content.country}],
            "topics": [{"code": content.topic.slug, "label": content.topic.name(self.document.locale)}],
            "issued" if "issued" in self.full else "date": content.day.isoformat(),
        }
        document = copy.copy(self.document)
        document.pk, document._state = None, models.base.ModelState()
        document.content_id, document.seq, document.title, document.page_number = (
            content.content_id, seq, page.title, page.pk,
        )  # fmt: skip
        document.digest, document.path_digest = f"{seq:064x}", path_digest(page.url or address)
        document.published_at = timezone.make_aware(datetime.combine(content.day, time()))
        document.card = compact({name: full[name] for name in self.card_names})
        document.full = compact(full)
        return document


def _facets(content: Content) -> tuple[tuple[str, str], ...]:
    return (
        ("year", str(content.day.year)), ("country", content.country), ("topic", content.topic.slug),
        ("role", "content"), ("slug", f"growth-{content.number}"),
    )  # fmt: skip
