"""The published documents match what the public may see at every moment, whatever an editor does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from core.languages.versions import public_pages
from core.models import Topic
from home.models import ProgrammePage, SectionPage, StandardPage
from news.models import NewsIndexPage, NewsPage
from publishing.models import DocumentDependency, PublishedDocument
from publishing.publish import rebuild
from research.models import PublicationPage

pytestmark = pytest.mark.django_db


def news(slug: str = "sample-documents-to-carry") -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug=slug, locale__language_code="en")
    return page


def document(page: Page) -> PublishedDocument:
    return PublishedDocument.objects.get(content_id=page.translation_key, locale=page.locale.language_code)


def last_seq() -> int:
    return PublishedDocument.objects.latest("seq").seq


def french() -> Locale:
    locale: Locale = Locale.objects.get(language_code="fr")
    return locale


def rename(page: NewsPage) -> None:
    page.title = "Another title"
    page.save_revision().publish()


def change_topics(page: NewsPage) -> None:
    page.topics = [Topic.objects.first()]
    page.save_revision().publish()


def translate(page: NewsPage) -> None:
    page.copy_for_translation(french()).save_revision().publish()


def convert_alias(page: NewsPage) -> None:
    alias = page.copy_for_translation(french(), alias=True)
    alias.alias_of = None
    alias.save()
    alias.save_revision().publish()


def expire(page: NewsPage) -> None:
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def unrestrict(page: NewsPage) -> None:
    restrict(page.get_parent())
    PageViewRestriction.objects.all().delete()


def move(page: NewsPage) -> None:
    section = SectionPage.objects.get(locale__language_code="en")
    programme = ProgrammePage.objects.get(slug="research", locale__language_code="en")
    programme.move(section, pos="first-child")
    contact = StandardPage.objects.get(slug="contact", locale__language_code="en")
    contact.move(section, pos="last-child")


def rename_section(page: NewsPage) -> None:
    section = NewsIndexPage.objects.get(locale__language_code="en")
    section.slug = "stories"
    section.save_revision().publish()


def edit_image(page: NewsPage) -> None:
    image = ProgrammePage.objects.exclude(lead_image=None).first().lead_image
    image.credit = "Somebody else"
    image.save()


def edit_document(page: NewsPage) -> None:
    file = PublicationPage.objects.exclude(files=None).first().files.first()
    file.document.title = "A new title"
    file.document.save()


def edit_topic(page: NewsPage) -> None:
    topic = Topic.objects.get(slug="migration-health")
    topic.names = {"fr": "Santé"}
    topic.save()


def edit_draft(page: NewsPage) -> None:
    page.title = "A draft"
    page.save_revision()


CHANGES: list[Callable[[NewsPage], Any]] = [
    rename,
    change_topics,
    translate,
    convert_alias,
    expire,
    restrict,
    lambda page: restrict(page.get_parent()),
    unrestrict,
    move,
    rename_section,
    edit_image,
    edit_document,
    edit_topic,
    edit_draft,
    lambda page: page.unpublish(),
    lambda page: page.delete(),
    lambda page: page.get_parent().delete(),
    lambda page: page.copy(update_attrs={"slug": "a-copy"}, copy_revisions=False, keep_live=True),
    lambda page: page.copy_for_translation(french(), alias=True),
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_every_change_a_rebuild_finds_nothing_to_do(change: Callable[[NewsPage], Any]) -> None:
    change(news())
    assert rebuild() == 0


def test_every_public_page_has_one_document_and_nothing_else_has() -> None:
    public = {
        (page.translation_key, page.locale.language_code) for page in public_pages(Page.objects.filter(depth__gt=1))
    }
    documents = PublishedDocument.objects.filter(removal="")
    assert {(row.content_id, row.locale) for row in documents} == public
    assert len(documents) == len(public) > 150


def test_editing_a_draft_changes_no_document() -> None:
    before = last_seq()
    edit_draft(news())
    assert last_seq() == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda page: page.unpublish(), "unpublished"),
        (lambda page: page.delete(), "deleted"),
        (restrict, "restricted"),
        (lambda page: restrict(page.get_parent()), "restricted"),
        (expire, "expired"),
    ],
)
def test_tombstone_says_why_and_nothing_of_what_it_was(change: Callable[[NewsPage], Any], reason: str) -> None:
    page = news()
    before = document(page)
    change(page)
    after = document(page)
    assert (after.removal, after.seq > before.seq) == (reason, True)
    assert (after.title, after.card, after.full, after.source_locale, after.digest) == ("", "", "", "", "")
    assert after.published_at is after.content_updated_at is None
    assert not after.facets.exists()
    assert not after.dependencies.exists()


def test_other_languages_stop_naming_what_is_gone() -> None:
    page = news()
    arabic = page.get_translation(Locale.objects.get(language_code="ar"))
    assert [item["locale"] for item in json.loads(document(arabic).card)["alternates"]] == ["en"]
    restrict(page)
    assert json.loads(document(arabic).card)["alternates"] == []


def test_moving_a_section_gives_every_page_below_a_new_address() -> None:
    rename_section(news())
    rows = PublishedDocument.objects.filter(type="news", locale="en", removal="")
    assert rows
    assert all("/en/stories/" in json.loads(row.card)["html_url"] for row in rows)


def test_text_that_links_to_a_renamed_page_has_its_new_address() -> None:
    target = StandardPage.objects.get(slug="contact", locale__language_code="en")
    page = news()
    page.body = [("rich_text", f'<p><a linktype="page" id="{target.pk}">x</a></p>')]
    page.save_revision().publish()
    target.slug = "write-to-us"
    target.save_revision().publish()
    assert "http://testserver/en/write-to-us/" in json.loads(document(page).full)["body"][0]["html"]


def test_rebuild_command_mends_what_was_damaged_and_nothing_else() -> None:
    page = news()
    PublishedDocument.objects.filter(pk=document(page).pk).update(digest="x", card="{}")
    before = last_seq()
    call_command("rebuild_documents")
    assert json.loads(document(page).card)["title"] == page.title
    assert last_seq() == before + 1


def test_rebuild_command_mends_what_documents_depend_on_without_telling_readers() -> None:
    dependencies = DocumentDependency.objects.filter(document=document(news()))
    before, stored = last_seq(), set(dependencies.values_list("kind", "key"))
    assert stored
    dependencies.delete()
    call_command("rebuild_documents")
    assert set(dependencies.values_list("kind", "key")) == stored
    assert last_seq() == before


def test_nothing_is_published_by_a_change_that_is_rolled_back() -> None:
    before = last_seq()
    with transaction.atomic():
        rename(news())
        transaction.set_rollback(True)
    assert last_seq() == before
