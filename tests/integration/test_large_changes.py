"""A change of more contents than an editor can wait for removes at once what must disappear; the rest follows later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Site

from bundles.loader import load
from bundles.reader import read_bundle
from core.models import Topic
from core.processing.unit_of_work import unit_of_work
from news.models import NewsIndexPage, NewsPage
from publishing import large_changes
from publishing.document_signals import documents_written
from publishing.documents import build_documents
from publishing.large_changes import LargeChanges, continue_large_changes
from publishing.models import LargeChange, PublishedDocument, WaitingContent
from publishing.openings import continue_opening
from publishing.publish import rebuild
from publishing.worker import Worker
from tests.conftest import STARTER
from tests.editing import Editing
from tests.factories import LANGUAGES, the_page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def few_contents_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_changes, "CONTENTS_AT_ONCE", 3)
    monkeypatch.setattr(large_changes, "_IN_A_STEP", 2)
    monkeypatch.setattr(large_changes, "_PAUSE_SECONDS", 0)


@pytest.fixture
def section() -> NewsIndexPage:
    found: NewsIndexPage = the_page(NewsIndexPage, "en")
    assert found.get_children().live().count() > large_changes.CONTENTS_AT_ONCE
    return found


def finish() -> int:
    """Do the worker's steps until nothing waits, and return their number."""
    steps = 0
    while continue_large_changes():
        steps += 1
    assert not LargeChange.objects.exists()
    return steps


def html_url(page: Any) -> str:
    row = PublishedDocument.objects.get(content_id=page.translation_key, locale=page.locale.language_code)
    return str(json.loads(row.card)["html_url"])


def rename(page: Any, slug: str) -> None:
    with unit_of_work():
        page.slug = slug
        page.save_revision().publish()


def test_section_stands_at_its_new_address_at_once_and_its_documents_follow(
    section: NewsIndexPage, client: Client
) -> None:
    item = section.get_children().live().first().specific
    before = item.url
    rename(section, "renamed")
    item.refresh_from_db()
    assert client.get(item.url).status_code == 200
    assert html_url(section).endswith("/en/renamed/")
    assert html_url(item).endswith(before)
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (301, item.url)
    for address in (before, item.url):
        found = client.get("/api/v1/resolve", {"url": address})
        assert (found.status_code, found.json()["content_id"]) == (200, str(item.translation_key))

    assert finish() > 1
    assert html_url(item).endswith(item.url)
    assert [client.get("/api/v1/resolve", {"url": address}).json()["status"] for address in (before, item.url)] == [
        "moved",
        "found",
    ]
    assert rebuild() == 0


def test_renaming_back_leaves_no_redirect_to_itself(section: NewsIndexPage) -> None:
    slug = section.slug
    rename(section, "renamed")
    rename(section, slug)
    finish()
    assert not Redirect.objects.filter(old_path__startswith=f"/en/{slug}").exists()
    assert Redirect.objects.filter(old_path__startswith="/en/renamed/").exists()
    assert rebuild() == 0


def test_a_redirect_that_an_editor_wrote_stays(section: NewsIndexPage) -> None:
    item = section.get_children().live().first()
    written = Redirect.add_redirect(item.url, redirect_to="https://example.org/", site=Site.objects.get())
    rename(section, "renamed")
    assert [row.pk for row in Redirect.objects.filter(old_path=written.old_path)] == [written.pk]


def test_what_the_public_may_not_see_is_gone_at_once(section: NewsIndexPage, client: Client) -> None:
    contents = [page.translation_key for page in section.get_children().live()]
    with unit_of_work():
        restriction = PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    rows = PublishedDocument.objects.filter(content_id__in=contents, locale="en")
    assert set(rows.values_list("removal", flat=True)) == {"restricted"}
    assert not any(rows.values_list("full", flat=True))
    assert client.get("/api/v1/news?locale=en").json()["items"] == []
    assert finish()
    assert rebuild() == 0
    with unit_of_work():
        restriction.delete()
    while continue_opening():
        pass
    assert finish()
    assert set(rows.values_list("removal", flat=True)) == {""}
    assert rebuild() == 0


def test_section_is_unpublished_with_all_below(editing: Editing, section: NewsIndexPage, client: Client) -> None:
    below = section.get_children().live()
    locked = below.first()
    numbers = set(below.values_list("pk", flat=True)) - {locked.pk}
    Page.objects.filter(pk=locked.pk).update(locked=True)
    address = reverse("wagtailadmin_pages:unpublish", args=[section.pk])
    assert editing.post(address, {"include_descendants": "on"}).status_code == 302
    assert not Page.objects.filter(pk__in=numbers, live=True).exists()
    logged = PageLogEntry.objects.filter(page__in=numbers, action="wagtail.unpublish", user=editing.editor)
    assert set(logged.values_list("page", flat=True)) == numbers
    items = client.get("/api/v1/news?locale=en").json()["items"]
    assert [item["content_id"] for item in items] == [str(locked.translation_key)]
    finish()
    assert rebuild() == 0


def test_name_of_a_topic_follows(client: Client) -> None:
    topic = max(Topic.objects.all(), key=lambda topic: NewsPage.objects.filter(topics=topic).count())
    with unit_of_work():
        topic.names = {"en": "A new name"}
        topic.save()
    change = LargeChange.objects.get()
    assert (change.kind, change.title) == ("topic", str(topic))
    assert finish()
    assert rebuild() == 0
    assert "A new name" in client.get("/api/v1/news?locale=en").content.decode()


def test_whole_site_follows(client: Client) -> None:
    with unit_of_work():
        site = Site.objects.get()
        site.hostname = "other.example"
        site.save()
    assert finish()
    assert rebuild() == 0


def test_small_change_of_a_content_that_waits(section: NewsIndexPage) -> None:
    item = section.get_children().live().first().specific
    rename(section, "renamed")
    with unit_of_work():
        item.refresh_from_db()
        item.title = "Meanwhile"
        item.save_revision().publish()
    assert html_url(item).endswith(item.url)
    finish()
    assert rebuild() == 0


def test_a_second_large_change_of_the_same_contents(section: NewsIndexPage) -> None:
    rename(section, "renamed")
    continue_large_changes()
    rename(section, "renamed-again")
    assert LargeChange.objects.count() == 2
    finish()
    assert rebuild() == 0


def test_worker_that_dies_in_a_step_leaves_it_to_the_next(section: NewsIndexPage) -> None:
    rename(section, "renamed")
    waiting = WaitingContent.objects.count()

    def die(**_: Any) -> None:
        raise KeyboardInterrupt

    documents_written.connect(die)
    with pytest.raises(KeyboardInterrupt):
        continue_large_changes()
    documents_written.disconnect(die)
    assert WaitingContent.objects.count() == waiting
    finish()
    assert rebuild() == 0


def test_content_whose_documents_cannot_be_made_holds_up_no_other(
    section: NewsIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(section, "renamed")
    ill = WaitingContent.objects.earliest("pk").content_id

    def build(content_ids: set[Any]) -> Any:
        if ill in content_ids:
            raise ValueError(ill)
        return build_documents(content_ids)

    with monkeypatch.context() as patch:
        patch.setattr("publishing.publish.build_documents", build)
        for _ in range(20):
            continue_large_changes()
        assert [row.content_id for row in WaitingContent.objects.all()] == [ill]
    finish()
    assert rebuild() == 0


def test_worker_brings_everything_up_to_date(section: NewsIndexPage) -> None:
    rename(section, "renamed")
    Worker().run_once()
    assert not LargeChange.objects.exists()
    assert LargeChanges()() == 0
    assert rebuild() == 0


def test_command_leaves_nothing_to_the_worker() -> None:
    NewsPage.objects.all().delete()
    finish()
    load(read_bundle(STARTER))
    assert not WaitingContent.objects.exists()
    assert rebuild() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_editor_sees_how_far_it_is(language: str, editing: Editing, section: NewsIndexPage) -> None:
    words = {
        "ar": ("لا تزال", "خدمة العمل في الخلفية"),
        "en": ("still have to follow for", "does not seem to run"),
        "fr": ("doivent encore suivre", "ne semble pas fonctionner"),
    }[language]
    editing.prefer(language)
    editing.change(section, publish=True, slug="renamed")
    explorer = reverse("wagtailadmin_explore", args=[section.pk])
    assert f"/ {LargeChange.objects.get().pages}" not in editing.get(explorer)
    change = LargeChange.objects.get()
    assert change.user == editing.editor
    for address in (explorer, reverse("wagtailadmin_home"), reverse("wagtailadmin_pages:edit", args=[section.pk])):
        page = editing.get(address)
        assert words[0] in page, address
        assert words[1] not in page
    LargeChange.objects.update(progressed_at=timezone.now() - timedelta(minutes=2))
    assert words[1] in editing.get(reverse("wagtailadmin_home"))
    assert words[1] in editing.get(explorer)
    finish()
    for address in (explorer, reverse("wagtailadmin_home")):
        assert words[0] not in editing.get(address)


@pytest.fixture
def collide(request: pytest.FixtureRequest) -> Iterator[list[int]]:
    """A list; as many saves of news items as it has entries fail as if another editor had been quicker."""
    left: list[int] = []

    def fail(instance: Any, **_: Any) -> None:
        if left:
            left.pop()
            raise IntegrityError("two editors at one place")

    pre_save.connect(fail, sender=NewsPage)
    yield left
    pre_save.disconnect(fail, sender=NewsPage)


def test_what_collides_is_carried_out_again(collide: list[int], editing: Editing, section: NewsIndexPage) -> None:
    item = section.get_children().live().first().specific
    data = editing.edit_form(item, title="Tried twice")
    collide += [1, 2]
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    revisions = item.revisions.count()
    response = editing.client.post(address, data | {"action-publish": "action-publish"})
    assert response.status_code == 302
    item.refresh_from_db()
    assert (item.title, item.revisions.count()) == ("Tried twice", revisions + 1)
    shown = editing.get(reverse("wagtailadmin_explore", args=[section.pk]))
    assert shown.count("Tried twice&#x27; has been published") <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_on_colliding_is_explained(
    language: str, collide: list[int], editing: Editing, section: NewsIndexPage
) -> None:
    words = {"ar": "في اللحظة نفسها", "en": "at the same moment", "fr": "au même moment"}[language]
    editing.prefer(language)
    item = section.get_children().live().first().specific
    data = editing.edit_form(item, summary="What an editor typed for long.")
    collide += range(20)
    response = editing.client.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), data)
    collide.clear()
    page = response.content.decode()
    assert response.status_code == 409
    assert words in page
    assert page.count("What an editor typed for long.") == 2
    again = editing.client.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), data)
    assert again.status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_for_a_page_that_was_deleted_meanwhile(language: str, editing: Editing, section: NewsIndexPage) -> None:
    words = {"ar": "لم يعد موجودًا", "en": "no longer there", "fr": "n’existe plus"}[language]
    editing.prefer(language)
    item = section.get_children().live().first().specific
    data = editing.edit_form(item, summary="What an editor typed for long.")
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    item.delete()
    response = editing.client.post(address, data)
    assert response.status_code == 404
    assert words in response.content.decode()
    assert "What an editor typed for long." in response.content.decode()
