"""Writes many news items in three languages straight into the database.

They are pages for Wagtail's own search, and published documents for ours. Their words are drawn from the starter and
sample content, so each is about as frequent as there.
"""

from __future__ import annotations

import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from core.languages.declared import LANGUAGE_CODES
from core.models import Topic
from news.models import NewsIndexPage, NewsPage
from publishing.documents import compact, path_digest
from publishing.models import DocumentFacet, PublishedDocument, Sequence

COUNTRIES = ("EGY", "IRQ", "JOR", "LBN", "LBY", "MAR", "SDN", "SYR", "TUN", "YEM")
AT_ONCE = 500
BODY_WORDS = 100
_FIRST_DAY = date(2016, 1, 1)
_TAG = re.compile(r"<[^>]*>")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Item:
    """A news item in one language."""

    content_id: uuid.UUID
    number: int
    language: str
    title: str
    summary: str
    body: str
    day: date
    country: str
    topic: Topic


def vocabulary() -> dict[str, list[str]]:
    """Return the words of the content in their order, by language."""
    words: dict[str, list[str]] = {language: [] for language in LANGUAGE_CODES}
    for row in PublishedDocument.objects.filter(removal="").order_by("content_id"):
        text = f"{row.title} {_TAG.sub(' ', json.loads(row.full)['body_html'])}"
        words[row.locale] += re.findall(r"[^\W\d_]{3,}", text)
    return words


def run_of(words: list[str], length: int, chance: random.Random) -> str:
    """Return `length` consecutive words of the content, from a random place."""
    start = chance.randrange(len(words) - length)
    return " ".join(words[start : start + length])


def write_news(documents: int, progress: Progress) -> None:
    """Write `documents` news items, a third of them in each language; they are the same in every run."""
    items = list(_items(documents))
    makers = {language: _Maker(language) for language in LANGUAGE_CODES}
    for start in range(0, len(items), AT_ONCE):
        batch = items[start : start + AT_ONCE]
        with transaction.atomic():
            _write_pages(batch, makers)
            _write_documents(batch, makers)
        progress(min(start + AT_ONCE, len(items)), len(items))


def _items(documents: int) -> Iterator[Item]:
    chance = random.Random(20260101)  # noqa: S311 (not a secret)
    words, topics = vocabulary(), list(Topic.objects.order_by("slug"))
    for number in range(-(-documents // len(LANGUAGE_CODES))):
        content_id = uuid.UUID(int=chance.getrandbits(128), version=4)
        day = _FIRST_DAY + timedelta(days=chance.randrange(3900))
        country, topic = chance.choice(COUNTRIES), chance.choice(topics)
        for language in LANGUAGE_CODES[: documents - number * len(LANGUAGE_CODES)]:
            title, summary = run_of(words[language], 8, chance), run_of(words[language], 20, chance)
            body = " ".join(run_of(words[language], 20, chance) for _ in range(BODY_WORDS // 20))
            yield Item(content_id, number, language, title, summary, body, day, country, topic)


class _Maker:
    """Makes the rows of one language, modelled on an existing news item."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.objects.get(language_code=language)
        self.index = NewsIndexPage.objects.get(locale=self.locale)
        self.first_child = self.index.numchild + 1
        self.children = 0
        self.pattern = PublishedDocument.objects.filter(type="news", locale=language, removal="").order_by("pk")[0]
        self.full = json.loads(self.pattern.full)
        self.card_names = tuple(json.loads(self.pattern.card))
        self.content_type = ContentType.objects.get_for_model(NewsPage)

    def page(self, item: Item) -> NewsPage:
        path = NewsPage._get_path(self.index.path, self.index.depth + 1, self.first_child + self.children)
        self.children += 1
        slug = f"news-{item.number}"
        now = timezone.now()
        return NewsPage(
            path=path, depth=self.index.depth + 1, title=item.title, draft_title=item.title, slug=slug,
            url_path=f"{self.index.url_path}{slug}/", locale=self.locale, content_type=self.content_type,
            translation_key=item.content_id, live=True, summary=item.summary, date=item.day, countries=[item.country],
            body=[("rich_text", f"<p>{item.body}</p>")], source_language="en", first_published_at=now,
            last_published_at=now, latest_revision_created_at=now,
        )  # fmt: skip

    def document(self, item: Item, seq: int) -> PublishedDocument:
        html_url = self.full["html_url"].rsplit("/", 2)[0] + f"/news-{item.number}/"
        full: dict[str, Any] = {
            **self.full,
            "content_id": str(item.content_id),
            "title": item.title,
            "summary_text": item.summary,
            "html_url": html_url,
            "alternates": [],
            "countries": [{"code": item.country, "label": item.country}],
            "topics": [{"code": item.topic.slug, "label": item.topic.name(item.language)}],
            "body": [{"type": "paragraph", "html": f"<p>{item.body}</p>"}],
            "body_html": f"<div><p>{item.body}</p></div>",
            "date": item.day.isoformat(),
        }
        published_at = timezone.make_aware(datetime.combine(item.day, time()))
        return PublishedDocument(
            content_id=item.content_id, locale=item.language, type="news", seq=seq, updated_at=timezone.now(),
            digest=f"{seq:064x}", path_digest=path_digest(html_url), title=item.title, source_locale="en",
            published_at=published_at, content_updated_at=published_at,
            card=compact({name: full[name] for name in self.card_names}), full=compact(full),
        )  # fmt: skip


def _write_pages(batch: list[Item], makers: dict[str, _Maker]) -> None:
    pages = [makers[item.language].page(item) for item in batch]
    fields = [field for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        Page(**{field.attname: getattr(page, field.attname) for field in fields}) for page in pages
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.page_ptr_id = row.pk
    insert = models.sql.InsertQuery(NewsPage)
    insert.insert_values(NewsPage._meta.local_concrete_fields, list(pages))
    insert.get_compiler(connection=connection).execute_sql()
    through = NewsPage.topics.through
    through.objects.bulk_create(
        through(newspage_id=page.pk, topic_id=item.topic.pk) for page, item in zip(pages, batch, strict=True)
    )
    for maker in makers.values():
        Page.objects.filter(pk=maker.index.pk).update(numchild=maker.first_child + maker.children - 1)


def _write_documents(batch: list[Item], makers: dict[str, _Maker]) -> None:
    sequence = Sequence.objects.select_for_update().get(pk=1)
    rows = PublishedDocument.objects.bulk_create(
        makers[item.language].document(item, seq) for seq, item in enumerate(batch, start=sequence.last + 1)
    )
    sequence.last += len(rows)
    sequence.save()
    DocumentFacet.objects.bulk_create(
        DocumentFacet(document=row, name=name, value=value)
        for row, item in zip(rows, batch, strict=True)
        for name, value in (("year", str(item.day.year)), ("country", item.country), ("topic", item.topic.slug))
    )
