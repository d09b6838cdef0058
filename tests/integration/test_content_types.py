"""Every content type is declared completely; one that lacks a part is refused before a reader sees it."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from django.test import Client

from core.checks.content_types import problems_of_types
from core.content_types.front_matter import ContentFrontMatter
from core.content_types.registry import (
    BundleForm,
    ContentType,
    LinkedData,
    SearchText,
    content_type,
    content_types,
    declared_type,
    type_label,
)
from core.content_types.schemas.content import Card, Full
from news.content_types import NewsItem
from news.models import NewsPage
from publishing.documents import build_draft
from publishing.models import PublishedDocument
from tests.factories import the_page


class NoticeCard(Card):
    type: Literal["notice"]


class NoticeItem(Full, NoticeCard):
    pass


class NoticePage:
    document_type = "notice"


def a_type(**parts: Any) -> ContentType:
    """Return a complete content type with these parts replaced."""
    whole: dict[str, Any] = {
        "name": "notice",
        "model": NoticePage,
        "position": 1000,
        "path": "notices",
        "plural": "Notices",
        "card": NoticeCard,
        "item": NoticeItem,
        "linked_data": LinkedData(type="WebPage"),
        "bundle": BundleForm(folder="notices", parent="pages/home", front_matter=ContentFrontMatter),
    }
    return ContentType(**whole | parts)


def problems(*declared: ContentType, models: tuple[Any, ...] = ()) -> list[str]:
    return [problem.msg for problem in problems_of_types(models, list(declared))]


def test_whole_type_passes() -> None:
    assert problems(a_type(), *content_types(), models=(NoticePage, NewsPage)) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"plural": ""}, "does not say what several of it are called"),
        ({"card": Card}, 'has a card whose type is not Literal["notice"]'),
        ({"card": dict}, "has a card that is no Card"),
        ({"item": NoticeCard}, "has a item that is no Full"),
        ({"item": NewsItem}, "has an item that lacks what its card has"),
        ({"date_key": "date"}, "names “date”, which its card does not have"),
        ({"search": SearchText(identifiers={"issn": str})}, "names “issn”, which its card does not have"),
        ({"has_feed": True}, "has feeds, whose entries need a date"),
        ({"linked_data": LinkedData(type="")}, "has no schema.org type"),
        ({"model": NewsPage}, "names NewsPage, whose document_type is “news”"),
    ],
)
def test_type_that_leaves_a_part_out_is_refused(parts: dict[str, Any], expected: str) -> None:
    assert any(expected in message for message in problems(a_type(**parts)))


@pytest.mark.parametrize("part", ["plural", "card", "item", "linked_data", "bundle", "path", "position"])
def test_declaration_without_a_part_is_an_error_where_it_stands(part: str) -> None:
    whole = {name: value for name, value in vars(a_type()).items() if name != part}
    with pytest.raises(TypeError, match=part):
        ContentType(**whole)


def test_page_type_of_a_type_that_nobody_declares_is_refused() -> None:
    assert problems(models=(NoticePage,)) == ["NoticePage is of the type “notice”, which no app declares."]


@pytest.mark.parametrize("part", ["position", "path"])
def test_two_types_cannot_claim_the_same(part: str) -> None:
    news = declared_type("news")
    assert any(part in message for message in problems(news, a_type(**{part: getattr(news, part)})))


@pytest.mark.django_db
def test_document_that_its_schema_does_not_describe_is_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    page = the_page(NewsPage, "en").specific
    monkeypatch.setattr(NewsPage, "document_card", lambda self, builder: {"date": "2026-01-01", "place": "Cairo"})
    with pytest.raises(TypeError, match="differ in: place"):
        build_draft(page)
    monkeypatch.setattr(NewsPage, "document_card", lambda self, builder: {})
    with pytest.raises(TypeError, match="differ in: date"):
        build_draft(page)


@pytest.mark.django_db
def test_reader_finds_content_of_a_type_that_is_gone(client: Client) -> None:
    """Between two releases a document may have a type unknown to the code; search shows the name of the type."""
    row = PublishedDocument.objects.filter(type="news", locale="en", removal="").order_by("pk")[0]
    PublishedDocument.objects.filter(pk=row.pk).update(card=row.card.replace('"type":"news"', '"type":"gone"'))
    answer = client.get("/en/search/", {"q": row.title})
    assert answer.status_code == 200
    assert content_type("gone") is None
    assert type_label("gone", "en") == "gone"
