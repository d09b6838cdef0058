"""A section with more pages than an editor can wait for stays private until the worker has checked all of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from core.models import OfficeSettings
from core.processing.unit_of_work import unit_of_work
from core.publication.rules import PublicationRefused
from home.models import StandardPage
from mailing.models import OutgoingMessage
from news.models import NewsIndexPage, NewsPage
from publishing import large_changes, openings
from publishing.large_changes import all_at_once, continue_large_changes
from publishing.models import Opening, PublishedDocument
from publishing.openings import continue_opening
from publishing.publish import rebuild
from publishing.worker import Worker
from tests.editing import Editing
from tests.factories import LANGUAGES, make_page, the_page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def few_pages_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_changes, "CONTENTS_AT_ONCE", 3)
    monkeypatch.setattr(openings, "_IN_A_STEP", 2)


@pytest.fixture
def section(db: None) -> NewsIndexPage:
    """A private section with more news than an editor can wait for."""
    found: NewsIndexPage = the_page(NewsIndexPage, "en")
    PageViewRestriction.objects.create(page=found, restriction_type=PageViewRestriction.LOGIN)
    finish()
    assert not is_public(found)
    return found


def finish() -> int:
    """Do the worker's steps until nothing waits, and return the number of those that checked pages."""
    steps = 0
    while continue_opening():
        steps += 1
    while continue_large_changes():
        pass
    return steps


def is_public(page: Any) -> bool:
    """Return whether both readers and partners get the page; fail if only one of them does."""
    statuses = {Client().get(page.url).status_code == 200}
    rows = PublishedDocument.objects.filter(content_id=page.translation_key, locale=page.locale.language_code)
    statuses.add(rows.filter(removal="").exists())
    assert len(statuses) == 1
    return statuses.pop()


def lift(editing: Editing, section: Page) -> list[str]:
    """Choose "public" in the admin, and return the messages shown."""
    answer = editing.client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[section.pk]), {"restriction_type": "none", "password": ""}
    )
    assert answer.status_code == 200
    return [str(message) for message in get_messages(answer.wsgi_request)]


def news_of(section: Page) -> Any:
    page = section.get_children().live().last()
    assert page is not None
    return page.specific


def refusal_mail() -> dict[str, Any]:
    mail: dict[str, Any] = json.loads(OutgoingMessage.objects.get(purpose="refused-opening").content)
    return mail


def spoil(page: Any) -> None:
    NewsPage.objects.filter(pk=page.pk).update(date=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_section_stays_private_until_all_of_it_is_judged(
    language: str, section: NewsIndexPage, editing: Editing
) -> None:
    words = {"ar": "يبقى خاصًّا", "en": "stays private", "fr": "reste privé"}[language]
    editing.prefer(language)
    (said,) = lift(editing, section)
    assert words in said
    assert words in editing.get(reverse("wagtailadmin_explore", args=[section.pk]))
    assert words in editing.get(reverse("wagtailadmin_home"))
    item = news_of(section)
    assert continue_opening() == 2
    assert not is_public(section)
    assert not is_public(item)
    assert finish() > 1
    assert is_public(section)
    assert is_public(item)
    assert not Opening.objects.exists()
    assert not PageViewRestriction.objects.filter(page=section).exists()
    assert words not in editing.get(reverse("wagtailadmin_home"))
    assert rebuild() == 0


def test_restriction_that_stands_in_is_the_one_that_was_lifted(section: NewsIndexPage, editing: Editing) -> None:
    PageViewRestriction.objects.filter(page=section).update(
        restriction_type=PageViewRestriction.PASSWORD, password="a word"
    )
    lift(editing, section)
    restriction = PageViewRestriction.objects.get(page=section)
    assert (restriction.restriction_type, restriction.password) == (PageViewRestriction.PASSWORD, "a word")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_that_may_not_be_public_keeps_all_private(
    language: str, section: NewsIndexPage, editing: Editing
) -> None:
    words = {"ar": "يبقى خاصًّا", "en": "Stays private", "fr": "Reste privé"}[language]
    editing.prefer(language)
    item = news_of(section)
    date = item.date
    spoil(item)
    lift(editing, section)
    finish()
    assert not is_public(section)
    mail = refusal_mail()
    assert mail["recipient"] == editing.editor.email
    assert words in mail["subject"]
    home = editing.get(reverse("wagtailadmin_home"))
    for text in (mail["text"], home):
        assert reverse("wagtailadmin_explore", args=[section.pk]) in text
    assert reverse("wagtailadmin_pages:edit", args=[item.pk]) in home
    assert finish() == 0

    NewsPage.objects.filter(pk=item.pk).update(date=date)
    lift(editing, section)
    finish()
    assert is_public(section)
    assert is_public(item)


def test_what_an_editor_may_not_publish_stays_private(section: NewsIndexPage, editing: Editing) -> None:
    lift(editing, section)
    editing.editor.groups.clear()
    finish()
    assert not is_public(section)
    mail = refusal_mail()
    assert "the right to publish it" in mail["text"]
    assert mail["sender_name"] == OfficeSettings.objects.get(locale__language_code="en").name


def test_restriction_chosen_anew_meanwhile_stays(section: NewsIndexPage, editing: Editing) -> None:
    lift(editing, section)
    continue_opening()
    address = reverse("wagtailadmin_pages:set_privacy", args=[section.pk])
    assert editing.client.post(address, {"restriction_type": "login", "password": ""}).status_code == 200
    assert finish() == 0
    assert not is_public(section)


def test_large_section_that_leaves_a_private_part_arrives_private(section: NewsIndexPage, editing: Editing) -> None:
    PageViewRestriction.objects.all().delete()
    finish()
    private = make_page(NewsIndexPage, "en", parent=Page.objects.get(pk=section.get_parent().pk))
    home = Page.objects.get(pk=section.get_parent().pk)
    item = news_of(section)
    move(section, private)
    group = PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.GROUPS)
    group.groups.set(editing.editor.groups.all())
    move(section, home)
    section.refresh_from_db()
    item.refresh_from_db()
    assert not is_public(item)
    stand_in = PageViewRestriction.objects.get(page=section)
    assert list(stand_in.groups.all()) == list(editing.editor.groups.all())
    assert finish() > 1
    section.refresh_from_db()
    item.refresh_from_db()
    assert is_public(section)
    assert is_public(item)
    assert rebuild() == 0


@pytest.mark.parametrize("way", ["moved in", "opened inside"])
def test_what_comes_behind_the_restriction_meanwhile_is_judged_too(
    way: str, section: NewsIndexPage, editing: Editing
) -> None:
    private = make_page(NewsIndexPage, "en", parent=Page.objects.get(pk=section.get_parent().pk))
    item = make_page(NewsPage, "en", parent=Page.objects.get(pk=private.pk) if way == "moved in" else section)
    closed = PageViewRestriction.objects.create(
        page=private if way == "moved in" else item, restriction_type=PageViewRestriction.LOGIN
    )
    spoil(item)
    lift(editing, section)
    opening = Opening.objects.get()
    while opening.judged < opening.pages:
        continue_opening()
        opening.refresh_from_db()
    if way == "moved in":
        move(item, section)
    else:
        closed.delete()
    finish()
    assert not is_public(section)
    assert Opening.objects.get().refused == [item.pk]


def test_restrictions_lifted_together_hide_nothing_from_the_gate(section: NewsIndexPage) -> None:
    item = news_of(section)
    PageViewRestriction.objects.create(page=item, restriction_type=PageViewRestriction.LOGIN)
    spoil(item)
    with pytest.raises(PublicationRefused), unit_of_work():
        PageViewRestriction.objects.all().delete()
    finish()
    assert not is_public(section)
    assert not is_public(item)


def test_restriction_given_to_another_page_opens_nothing_unjudged(section: NewsIndexPage) -> None:
    restriction = PageViewRestriction.objects.get(page=section)
    with unit_of_work():
        restriction.page = the_page(StandardPage, "en")
        restriction.save()
    item = news_of(section)
    assert not is_public(item)
    finish()
    assert is_public(item)


def test_command_waits_for_nobody(section: NewsIndexPage) -> None:
    with all_at_once(), unit_of_work():
        PageViewRestriction.objects.get(page=section).delete()
    assert is_public(section)
    assert not Opening.objects.exists()


def test_worker_opens_what_waits(section: NewsIndexPage, editing: Editing) -> None:
    lift(editing, section)
    Worker().run_once()
    assert is_public(news_of(section))


def test_deleting_a_section_that_waits_leaves_nothing(section: NewsIndexPage, editing: Editing) -> None:
    lift(editing, section)
    section.delete()
    assert finish() == 0
    assert not Opening.objects.exists()


def move(page: Any, parent: Any) -> None:
    with unit_of_work(changes_tree=True):
        type(page).objects.get(pk=page.pk).move(type(parent).objects.get(pk=parent.pk), pos="last-child")
