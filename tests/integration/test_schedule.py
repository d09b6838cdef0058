"""All languages of a content are published together or not at all; one screen shows them; staff learn of failures."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from accounts.models import User
from core.embargo import set_embargo
from home.models import StandardPage
from mailing.models import OutgoingMessage
from press.releases.page import PressReleasePage
from publishing.models import MissedPublication
from publishing.together import publish_due
from tests.editing import Editing, edit_address
from tests.embargoes import again, drafts, in_hours, it_is, live_in, scheduled
from tests.factories import LANGUAGES, make_page, the_page

pytestmark = pytest.mark.django_db

ALL = set(LANGUAGES)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)
HEADINGS = {
    "ar": "حان موعد نشره ولم يُنشر",
    "en": "Should be out, and is not",
    "fr": "Devrait être en ligne et ne l’est pas",
}


def screen(page: Any) -> str:
    return reverse("content_schedule", args=[page.pk])


def typed(moment: datetime) -> str:
    """Return a moment in the format that the browser sends, in Cairo time."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def times(pages: dict[str, Any]) -> dict[str, datetime | None]:
    return {
        language: page.scheduled_revision and page.scheduled_revision.approved_go_live_at
        for language, page in again(pages).items()
    }


def make_invalid(page: Any) -> None:
    """Remove a required value from the scheduled revision, which no editor can do."""
    revision = page.scheduled_revision
    revision.content["dateline"] = ""
    revision.save()


def mails() -> list[dict[str, Any]]:
    found = OutgoingMessage.objects.filter(purpose="missed-publication")
    return [json.loads(message.content) for message in found.order_by("pk")]


@in_every_language
def test_one_screen_schedules_all_languages_moves_and_cancels_them(editing: Editing, language: str) -> None:
    editing.prefer(language)
    pages = drafts()
    page = pages["ar"]
    assert screen(page) in editing.get(edit_address(page))
    shown = editing.get(screen(page))
    for version in pages.values():
        assert version.title in shown

    first, second = in_hours(5), in_hours(30)
    choice = {"action": "schedule", "languages": list(LANGUAGES), "moment": typed(first), "embargo": "on"}
    assert editing.post(screen(page), choice).status_code == 302
    assert times(pages) == dict.fromkeys(pages, first)
    assert {version.embargo_until for version in again(pages).values()} == {first}

    assert editing.post(screen(page), {"action": "move_embargo", "embargo-moment": typed(second)}).status_code == 302
    assert times(pages) == dict.fromkeys(pages, second)
    # The page is locked, and says where it can be unlocked.
    assert f'href="{screen(pages["fr"])}"' in editing.get(edit_address(pages["fr"]))

    assert editing.post(screen(page), {"action": "cancel"}).status_code == 302
    assert times(pages) == dict.fromkeys(pages)
    assert {version.embargo_until for version in again(pages).values()} == {second}
    editing.change(pages["fr"], publish=True)
    assert times(pages)["fr"] == second


def test_embargo_that_is_lifted_on_the_screen_lets_all_out(editing: Editing) -> None:
    pages = scheduled(in_hours(5))
    assert editing.post(screen(pages["en"]), {"action": "lift_embargo"}).status_code == 302
    assert publish_due(pages["en"].translation_key)
    assert live_in(pages) == ALL


def test_pages_without_an_embargo_are_scheduled_together_too(editing: Editing, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = drafts(StandardPage)
    moment = in_hours(5)
    choice = {"action": "schedule", "languages": ["ar", "fr"], "moment": typed(moment)}
    assert editing.post(screen(pages["en"]), choice).status_code == 302
    it_is(monkeypatch, moment + timedelta(minutes=1))
    assert live_in(pages) == {"ar", "fr"}


@pytest.mark.parametrize(
    "changes",
    [
        {"moment": ""},
        {"moment": "yesterday"},
        {"moment": "2020-01-01T10:00"},
        {"languages": []},
        {"languages": ["de"]},
        {"action": "explode"},
    ],
)
def test_nonsense_schedules_nothing(editing: Editing, changes: dict[str, Any]) -> None:
    pages = drafts()
    choice = {"action": "schedule", "languages": list(LANGUAGES), "moment": typed(in_hours(5))} | changes
    assert editing.post(screen(pages["ar"]), choice).status_code in (200, 302)
    assert times(pages) == dict.fromkeys(pages)


def test_time_before_the_end_of_the_embargo_is_explained(editing: Editing) -> None:
    pages = drafts()
    set_embargo(pages["ar"].translation_key, in_hours(5))
    choice = {"action": "schedule", "languages": ["ar"], "moment": typed(in_hours(2))}
    response = editing.post(screen(pages["ar"]), choice)
    assert "The embargo ends later." in response.content.decode()
    assert times(pages) == dict.fromkeys(pages)


def test_incomplete_language_holds_back_the_whole_schedule_and_is_named(editing: Editing) -> None:
    pages = drafts()
    incomplete = pages["fr"]
    incomplete.dateline = ""
    incomplete.save_revision(clean=False)
    choice = {"action": "schedule", "languages": list(LANGUAGES), "moment": typed(in_hours(5)), "embargo": "on"}
    response = editing.post(screen(incomplete), choice)
    assert "(French), Dateline" in response.content.decode()
    assert times(pages) == dict.fromkeys(pages)
    assert {page.embargo_until for page in again(pages).values()} == {None}


def test_languages_that_an_editor_may_not_publish_are_shown_and_left_as_they_are(editing: Editing) -> None:
    GroupPagePermission.objects.filter(group__in=editing.editor.groups.all()).delete()
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(
            group=editing.editor.groups.get(), page=the_page(PressReleasePage, "ar").get_parent(), permission=permission
        )
    pages = drafts()
    shown = editing.get(screen(pages["ar"]))
    assert "You may not publish in: English, French." in shown
    choice = {"action": "schedule", "languages": ["ar", "fr"], "moment": typed(in_hours(5))}
    assert editing.post(screen(pages["ar"]), choice).status_code == 200
    assert times(pages) == dict.fromkeys(pages)
    assert editing.post(screen(pages["ar"]), choice | {"languages": ["ar"]}).status_code == 302
    assert [language for language, moment in times(pages).items() if moment] == ["ar"]


def test_somebody_without_any_right_to_the_content_does_not_see_the_screen(client: Client) -> None:
    pages = drafts()
    stranger = User.objects.create_user("stranger", "stranger@example.org", "a password of the tests")
    client.force_login(stranger)
    assert client.get(screen(pages["ar"])).status_code in (302, 403)
    assert Client().get(screen(pages["ar"])).status_code == 302


@in_every_language
def test_one_language_that_cannot_come_out_holds_all_and_staff_are_told_once(
    editing: Editing, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    editing.prefer(language)
    until = in_hours(5)
    pages = scheduled(until)
    page = pages["fr"]
    PageLogEntry.objects.filter(action="wagtail.publish.schedule").update(user=editing.editor)
    make_invalid(page)
    for minutes in (1, 2, 3):
        it_is(monkeypatch, until + timedelta(minutes=minutes))
    assert live_in(pages) == set()
    [mail] = mails()
    assert mail["recipient"] == editing.editor.email
    assert page.title in mail["text"]
    assert screen(pages[language]) in mail["text"]
    home = editing.get(reverse("wagtailadmin_home"))
    assert HEADINGS[language] in home
    assert page.title in home
    assert edit_address(page) in home

    # It can be corrected, and is published with the others.
    editing.change(page, publish=True, dateline="Le Caire")
    assert live_in(pages) == set()
    it_is(monkeypatch, until + timedelta(minutes=6))
    assert live_in(pages) == ALL
    assert len({stored.first_published_at for stored in again(pages).values()}) == 1
    assert not MissedPublication.objects.exists()
    assert HEADINGS[language] not in editing.get(reverse("wagtailadmin_home"))


def test_communications_staff_are_told_where_nobody_scheduled_it(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    until = in_hours(5)
    pages = scheduled(until)
    make_invalid(pages["en"])
    it_is(monkeypatch, until + timedelta(minutes=1))
    assert [mail["recipient"] for mail in mails()] == [editor.email]


def test_missed_content_that_is_scheduled_no_more_is_forgotten(
    editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = in_hours(5)
    pages = scheduled(until)
    make_invalid(pages["en"])
    it_is(monkeypatch, until + timedelta(minutes=1))
    assert "Dateline" in editing.post(screen(pages["ar"]), {"action": "try_again"}).content.decode()
    editing.post(screen(pages["ar"]), {"action": "cancel"})
    it_is(monkeypatch, until + timedelta(minutes=2))
    assert (live_in(pages), MissedPublication.objects.count()) == (set(), 0)


def test_other_contents_are_not_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    until = in_hours(5)
    broken, sound = scheduled(until), scheduled(until)
    make_invalid(broken["ar"])
    it_is(monkeypatch, until + timedelta(minutes=1))
    assert (live_in(broken), live_in(sound)) == (set(), ALL)


def test_page_of_a_schedule_of_one_language_is_published_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_page(StandardPage, "fr", live=False)
    page.go_live_at = in_hours(3)
    page.save_revision().publish()
    it_is(monkeypatch, in_hours(3) + timedelta(minutes=1))
    assert live_in({"fr": page}) == {"fr"}
