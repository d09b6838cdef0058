"""An embargo belongs to the content: it applies in every language, whatever is published and however it is moved."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry

from accounts.models import User
from core.embargo import EmbargoRefused, set_embargo
from news.models import NewsPage
from press.releases.page import PressReleasePage
from publishing.models import PublishedDocument
from research.models import PublicationPage
from tests.editing import PUBLISH, Editing, edit_address
from tests.embargoes import again, drafts, in_hours, it_is, live_in, scheduled
from tests.factories import LANGUAGES, make_page

pytestmark = pytest.mark.django_db

ALL = set(LANGUAGES)
MODELS = (NewsPage, PublicationPage, PressReleasePage)


def embargoes(pages: dict[str, Any]) -> list[Any]:
    return [page.embargo_until for page in again(pages).values()]


def schedules(pages: dict[str, Any]) -> list[Any]:
    return [page.scheduled_revision and page.scheduled_revision.approved_go_live_at for page in again(pages).values()]


@pytest.mark.parametrize("model", MODELS)
def test_embargo_is_one_for_all_languages_and_for_what_is_translated_or_copied_later(model: type[Page]) -> None:
    page = make_page(model, "ar", live=False)
    until = in_hours(5)
    assert set_embargo(page.translation_key, until)
    translation = model.objects.get(pk=page.pk).copy_for_translation(Locale.objects.get(language_code="fr"))
    copy = model.objects.get(pk=page.pk).copy(keep_live=True, update_attrs={"slug": "a-copy"})
    assert embargoes({"ar": page, "fr": translation, "copy": copy}) == [until] * 3
    assert not set_embargo(page.translation_key, until), "it changes nothing twice"


def test_saving_a_page_changes_no_embargo_whatever_it_says() -> None:
    pages = drafts()
    until = in_hours(5)
    stale = again(pages)["en"]
    set_embargo(stale.translation_key, until)
    stale.save()
    stale.embargo_until = in_hours(1)
    stale.save()
    assert embargoes(pages) == [until] * 3


def test_history_of_each_language_says_who_set_and_lifted_it(editing: Editing) -> None:
    pages = drafts()
    key = pages["en"].translation_key
    set_embargo(key, in_hours(5), editing.editor)
    set_embargo(key, None, editing.editor)
    for page in pages.values():
        entries = PageLogEntry.objects.filter(page=page, action__startswith="embargo.", user=editing.editor)
        assert list(entries.order_by("timestamp").values_list("action", flat=True)) == ["embargo.set", "embargo.lift"]
    history = editing.get(reverse("wagtailadmin_pages:history", args=[pages["fr"].pk]))
    assert "Embargo lifted, in every language" in history


def test_embargo_set_in_a_draft_of_one_language_holds_what_is_published_in_bulk_in_another(editing: Editing) -> None:
    pages = drafts()
    until = in_hours(5)
    editing.change(pages["ar"], embargo_until=timezone.localtime(until).strftime("%Y-%m-%d %H:%M"))
    assert embargoes(pages) == [until] * 3
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editing.post(f"{address}?id={pages['en'].pk}", {"include_descendants": ""})
    pages["fr"].get_latest_revision().publish(user=editing.editor)
    assert live_in(pages) == set()
    assert schedules({"en": pages["en"], "fr": pages["fr"]}) == [until] * 2


def test_old_version_that_is_brought_back_brings_no_old_embargo_and_loses_none() -> None:
    pages = drafts()
    page = pages["en"]
    old = page.get_latest_revision()
    until = in_hours(5)
    set_embargo(page.translation_key, until)
    assert old.as_object().embargo_until == until
    old.publish()
    assert (live_in(pages), embargoes(pages)) == (set(), [until] * 3)


def test_embargo_that_is_moved_later_lets_nothing_out_at_the_old_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = in_hours(5), in_hours(30)
    pages = scheduled(old)
    set_embargo(pages["ar"].translation_key, new)
    it_is(monkeypatch, old + timedelta(minutes=1))
    assert live_in(pages) == set()
    it_is(monkeypatch, new + timedelta(minutes=1))
    assert live_in(pages) == ALL


@pytest.mark.parametrize("hours", [1, None])
def test_embargo_that_is_moved_earlier_or_lifted_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, hours: int | None
) -> None:
    pages = scheduled(in_hours(5))
    until = in_hours(hours) if hours else None
    set_embargo(pages["ar"].translation_key, until)
    it_is(monkeypatch, (until or timezone.now()) + timedelta(minutes=1))
    assert live_in(pages) == ALL


def test_later_time_that_an_editor_chose_outlives_the_embargo(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drafts()["fr"]
    own = in_hours(9)
    page.go_live_at = own
    page.save_revision().publish()
    for until in (in_hours(5), in_hours(12), in_hours(2), None):
        set_embargo(page.translation_key, until)
        assert schedules({"fr": page}) == [max(own, until or own)]


def test_all_languages_come_out_with_one_moment_of_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    until = in_hours(5)
    pages = scheduled(until)
    it_is(monkeypatch, until + timedelta(seconds=20))
    stored = again(pages).values()
    assert live_in(pages) == ALL
    assert len({page.first_published_at for page in stored} | {page.last_published_at for page in stored}) == 1
    documents = PublishedDocument.objects.filter(content_id=pages["ar"].translation_key, removal="")
    assert len(documents) == 3
    assert len({document.published_at for document in documents}) == 1


def test_embargo_of_what_is_out_is_refused_with_the_languages_named(editing: Editing) -> None:
    pages = drafts()
    pages["fr"].get_latest_revision().publish()
    with pytest.raises(EmbargoRefused, match=r"\(French\)"):
        set_embargo(pages["ar"].translation_key, in_hours(5))
    typed = timezone.localtime(in_hours(5)).strftime("%Y-%m-%d %H:%M")
    response = editing.post(edit_address(pages["ar"]), editing.edit_form(pages["ar"], embargo_until=typed))
    assert set(response.context["form"].errors) == {"embargo_until"}
    assert embargoes(pages) == [None] * 3


def test_who_may_not_publish_a_language_that_waits_cannot_end_its_embargo_sooner() -> None:
    pages = scheduled(in_hours(5))
    nobody = User.objects.create_user("nobody", "nobody@example.org", "a password of the tests")
    for until in (None, in_hours(1)):
        with pytest.raises(EmbargoRefused):
            set_embargo(pages["ar"].translation_key, until, nobody)
    assert set_embargo(pages["ar"].translation_key, in_hours(9), nobody)


def test_form_that_was_opened_before_an_embargo_was_set_does_not_lift_it(editing: Editing) -> None:
    pages = drafts()
    form = editing.edit_form(pages["en"])
    until = in_hours(5)
    set_embargo(pages["en"].translation_key, until)
    assert editing.post(edit_address(pages["en"]), form | PUBLISH).status_code == 302
    assert (live_in(pages), embargoes(pages)) == (set(), [until] * 3)


def test_embargo_that_was_saved_in_the_background_is_not_put_back_by_the_next_time(editing: Editing) -> None:
    """An open form saves itself, another editor changes the embargo, and the form saves itself again."""
    pages = drafts()
    typed_until = in_hours(5)
    typed = timezone.localtime(typed_until).strftime("%Y-%m-%d %H:%M")
    form = editing.edit_form(pages["en"], embargo_until=typed)
    response = editing.client.post(edit_address(pages["en"]), form, headers={"Accept": "application/json"})
    assert embargoes(pages) == [typed_until] * 3
    until = in_hours(9)
    set_embargo(pages["en"].translation_key, until)
    form |= dict(response.json()["field_updates"])
    editing.client.post(edit_address(pages["en"]), form, headers={"Accept": "application/json"})
    assert embargoes(pages) == [until] * 3


def test_embargo_that_is_refused_after_the_form_was_checked_is_explained(
    editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A language is published between the check and the refusal."""
    pages = drafts()
    typed = timezone.localtime(in_hours(5)).strftime("%Y-%m-%d %H:%M")
    form = editing.edit_form(pages["ar"], embargo_until=typed)
    pages["fr"].get_latest_revision().publish()
    monkeypatch.setattr("publishing.embargo_form.check_embargo", lambda *arguments: None)
    response = editing.post(edit_address(pages["ar"]), form)
    assert response.status_code == 302
    assert "It is out already (French)" in editing.get(response.url)
    assert embargoes(pages) == [None] * 3


def test_embargo_that_is_emptied_in_one_form_is_lifted_in_every_language(editing: Editing) -> None:
    pages = drafts()
    set_embargo(pages["ar"].translation_key, in_hours(5))
    editing.change(pages["fr"], embargo_until="")
    assert embargoes(pages) == [None] * 3


def test_upgrade_gives_every_language_the_latest_embargo_and_moves_what_waits_for_an_earlier_one() -> None:
    early, late = in_hours(5), in_hours(30)
    pages = scheduled(early)
    PressReleasePage.objects.filter(pk=pages["ar"].pk).update(embargo_until=late)
    PressReleasePage.objects.filter(pk=pages["fr"].pk).update(embargo_until=None)
    import_module("press.migrations.0009_embargo").give_every_language_the_latest(apps, None)
    assert embargoes(pages) == [late] * 3
    assert schedules(pages) == [late] * 3
