"""Only a change of the text counts as a change: publishing the same text again notifies nobody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from bundles.loader import load
from bundles.reader import read_bundle
from core.models import ContentImage, Topic
from core.processing.unit_of_work import unit_of_work
from home.models import ProgrammePage
from news.models import NewsCorrection, NewsPage
from publishing.models import PublicText, PublishedDocument, WebhookDelivery, WebhookSubscription
from publishing.publish import rebuild
from research.models import PublicationPage
from tests.conftest import SAMPLE, STARTER
from tests.editing import Editing
from tests.factories import CREATED_TYPES, SINGLE_TYPES, complete_fields, make_page, the_page
from tests.sitemaps import sitemap_file_of, sitemap_text

pytestmark = pytest.mark.django_db

Key = tuple[str, str]
Stored = dict[Key, tuple[Any, ...]]
Way = Callable[[Editing, Page], None]


def stored() -> Stored:
    """Return the values of every document that partners compare or were sent, by content and language."""
    values = PublishedDocument.objects.values_list(
        "content_id", "locale", "seq", "digest", "full", "content_updated_at"
    )
    return {(str(content_id), locale): tuple(rest) for content_id, locale, *rest in values}


def moved_since(before: Stored) -> set[Key]:
    now = stored()
    return {key for key in now.keys() | before.keys() if now.get(key) != before.get(key)}


def keys(*pages: Page) -> set[Key]:
    return {(str(page.translation_key), page.locale.language_code) for page in pages}


def document(page: Page) -> PublishedDocument:
    return PublishedDocument.objects.get(content_id=page.translation_key, locale=page.locale.language_code)


def changed_at(page: Page) -> datetime:
    moment = document(page).content_updated_at
    assert moment is not None
    return moment


def status(page: Page) -> str:
    value: str = json.loads(document(page).card)["translation_status"]
    return value


def in_three_languages() -> tuple[NewsPage, NewsPage, NewsPage]:
    """Return a news item of the sample content in its source language, and its two translations."""
    for source in NewsPage.objects.filter(alias_of=None).order_by("pk"):
        translations = list(source.get_translations().live())
        if source.source_language == source.locale.language_code and len(translations) == 2:
            return source, translations[0].specific, translations[1].specific
    raise AssertionError("no news in three languages")


def publish(page: Any, **changes: Any) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def by_form(editing: Editing, page: Page) -> None:
    editing.change(page, publish=True)


def by_revision(editing: Editing, page: Page) -> None:
    publish(page)


def by_bulk_action(editing: Editing, page: Page) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert editing.post(f"{address}?id={page.pk}", {"wagtail_site_name": "IOM MENA"}).status_code == 302


def by_reverting(editing: Editing, page: Page) -> None:
    """Publish the text of an earlier version again, while a newer draft has a different one."""
    draft = Page.objects.get(pk=page.pk).specific
    draft.title = "A draft"
    draft.save_revision()
    publish(page)


def unpublished_and_published(editing: Editing, page: Page) -> None:
    editing.unpublish(page)
    publish(page)


EVERY_TYPE: list[tuple[type[Page], Way]] = [(model, by_form) for model in (*CREATED_TYPES, *SINGLE_TYPES)]
OTHER_WAYS: list[tuple[type[Page], Way]] = [
    (PublicationPage, way) for way in (by_revision, by_bulk_action, by_reverting)
]


@pytest.mark.parametrize(("model", "way"), EVERY_TYPE + OTHER_WAYS)
def test_publishing_the_same_again_moves_nothing(editing: Editing, client: Client, model: type[Page], way: Way) -> None:
    page = the_page(model, "en") if model in SINGLE_TYPES else make_page(model, "en", **complete_fields(model, "en"))
    WebhookSubscription.objects.create(name="A partner", url="https://partner.example/changes")
    public = [
        sitemap_file_of(page),
        "/api/v1/feeds/news.atom?locale=en",
        f"/api/v1/items/{page.translation_key}?locale=en",
    ]
    before, told, read = stored(), WebhookDelivery.objects.count(), [client.get(address) for address in public]
    way(editing, page)

    assert moved_since(before) == set()
    assert WebhookDelivery.objects.count() == told
    again = [client.get(address) for address in public]
    assert [answer.content for answer in again] == [answer.content for answer in read]
    assert again[2]["ETag"] == read[2]["ETag"]


@pytest.mark.slow
def test_loading_the_same_bundles_again_moves_nothing() -> None:
    before = stored()
    for folder in (STARTER, SAMPLE):
        load(read_bundle(folder))
    assert moved_since(before) == set()


def test_published_again_after_it_was_withdrawn_a_page_says_what_it_said(editing: Editing) -> None:
    page, *translations = in_three_languages()
    since = changed_at(page)
    unpublished_and_published(editing, page)
    assert changed_at(page) == since
    assert {status(translation) for translation in translations} == {"current"}


def test_a_comma_in_the_source_moves_its_languages_and_outdates_its_translations() -> None:
    source, *translations = in_three_languages()
    before = stored()
    times = {page.pk: changed_at(page) for page in (source, *translations)}
    publish(source, summary=f"{source.summary},")

    assert moved_since(before) == keys(source, *translations)
    assert changed_at(source) > times[source.pk]
    for page in translations:
        assert status(page) == "outdated"
        assert changed_at(page) == times[page.pk]
    assert rebuild() == 0


def test_a_comma_in_a_translation_outdates_nothing() -> None:
    source, first, second = in_three_languages()
    before = stored()
    publish(first, summary=f"{first.summary},")

    assert moved_since(before) == keys(source, first, second)
    assert [status(page) for page in (source, first, second)] == ["source", "current", "current"]
    named = {item["locale"]: item["content_updated_at"] for item in json.loads(document(second).card)["alternates"]}
    assert named[first.locale.language_code] == json.loads(document(first).card)["content_updated_at"]


def test_published_as_it_is_an_outdated_translation_is_confirmed() -> None:
    source, first, second = in_three_languages()
    publish(source, title="Another title")
    before, since = stored(), changed_at(first)
    publish(first)
    assert moved_since(before) == keys(first)
    assert (status(first), status(second), changed_at(first)) == ("current", "outdated", since)


def test_translation_of_a_text_that_is_back_is_up_to_date() -> None:
    source, first, _ = in_three_languages()
    publish(source, title="Another title")
    assert status(first) == "outdated"
    publish(source, title=source.title)
    assert status(first) == "current"


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"date": date(2026, 1, 2)},
        lambda: {"topics": [Topic.objects.last()]},
        lambda: {"countries": ["TUN"]},
        lambda: {"lead_image": ContentImage.objects.last()},
        lambda: {"slug": "another-address"},
        lambda: {"expire_at": document(in_three_languages()[0]).updated_at + timedelta(days=5000)},
    ],
)
def test_what_all_languages_share_outdates_no_translation(change: Callable[[], dict[str, Any]]) -> None:
    source, *translations = in_three_languages()
    publish(source, **change())
    assert {status(page) for page in translations} == {"current"}


def test_a_correction_of_the_source_outdates_its_translations() -> None:
    source, *translations = in_three_languages()
    publish(source, corrections=[NewsCorrection(date=date(2026, 1, 2), text="It was Tuesday.")])
    assert {status(page) for page in translations} == {"outdated"}


def test_what_comes_from_elsewhere_moves_documents_but_is_no_change_of_the_page(editing: Editing) -> None:
    page = ProgrammePage.objects.filter(alias_of=None).exclude(lead_image=None).first()
    languages = [page, *(translation.specific for translation in page.get_translations().live())]
    times = {page.pk: changed_at(page) for page in languages}
    before = stored()
    page.lead_image.credit = "Somebody else"
    page.lead_image.save()
    assert keys(page) <= moved_since(before)

    before = stored()
    for version in languages:
        publish(version)
    assert moved_since(before) == set()
    assert {page.pk: changed_at(page) for page in languages} == times
    assert {status(version) for version in languages} <= {"source", "current"}


def test_moving_a_linked_page_is_no_change_of_the_page_that_links_to_it() -> None:
    source, *translations = in_three_languages()
    target = the_page(ProgrammePage, source.locale.language_code)
    link = f'<p><a linktype="page" id="{target.pk}">x</a></p>'
    for page in (source, *translations):
        publish(page, body=[("rich_text", link), ("related_pages", {"title": "", "pages": [target.page_ptr]})])
    since = changed_at(source)
    publish(target, title="Another title", slug="another-address")
    assert "another-address" in document(source).full
    publish(source)
    assert changed_at(source) == since
    assert {status(page) for page in translations} == {"current"}


def test_readers_see_when_the_text_changed_and_not_when_it_was_published(client: Client) -> None:
    source, *_ = in_three_languages()
    before = sitemap_text(client)
    feed = client.get(f"/api/v1/feeds/news.atom?locale={source.locale.language_code}").content
    publish(source)
    assert sitemap_text(client) == before
    assert client.get(f"/api/v1/feeds/news.atom?locale={source.locale.language_code}").content == feed
    publish(source, title="Another title")
    after = sitemap_text(client)
    changed = set(re.findall(r"<lastmod>(.*?)</lastmod>", after)) - set(re.findall(r"<lastmod>(.*?)</lastmod>", before))
    assert len(changed) == 1


def test_upgrade_tells_partners_nothing() -> None:
    """A database of the previous release has no stored texts."""
    before = stored()
    PublicText.objects.all().delete()
    assert rebuild() == 0
    assert moved_since(before) == set()
    assert PublicText.objects.count() == PublishedDocument.objects.filter(removal="").count()


@pytest.mark.slow
def test_upgrade_takes_from_the_history_which_translations_are_outdated() -> None:
    source, first, second = in_three_languages()
    publish(source, title="Another title")
    publish(second)
    publish(source)
    PublicText.objects.all().delete()
    rebuild()
    assert [status(page) for page in (first, second)] == ["outdated", "current"]
    assert rebuild() == 0


def test_what_a_deleted_page_said_is_forgotten() -> None:
    source, first, second = in_three_languages()
    first.delete()
    texts = PublicText.objects.filter(content_id=source.translation_key)
    assert {text.locale for text in texts} == {page.locale.language_code for page in (source, second)}
    source.get_parent().specific.delete()
    assert not texts.filter(locale=source.locale.language_code).exists()


def test_translation_published_before_its_source_is_up_to_date_when_the_source_appears(editing: Editing) -> None:
    source = make_page(NewsPage, "ar", live=False)
    [page] = editing.translate(source, "fr")
    publish(page)
    assert status(page) == "current"
    publish(source)
    assert status(page) == "current"
    publish(source, title="عنوان آخر")
    assert status(page) == "outdated"


def test_every_language_of_a_content_may_be_published_at_once() -> None:
    pages = in_three_languages()
    with unit_of_work():
        for page in reversed(pages):
            publish(page, title=f"{page.title}!")
    assert {status(page) for page in pages} == {"source", "current"}
