"""Nothing bypasses the publication gate: every way to publish is tried with every reason to refuse it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail import signals
from wagtail.actions.registry import action_registry
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import GroupPagePermission, PageViewRestriction

from accounts.models import User
from accounts.roles import communications_group
from core import embargo
from core.checks.pages import page_types
from core.embargo import set_embargo
from core.models import BasePage
from core.publication import common_rules
from core.publication import rules as publication
from core.publication.rules import Hold, Refusal, Version
from news.models import NewsPage
from press.releases.page import PressReleasePage
from publishing.page_form import PublicationForm
from tests.editing import PUBLISH, Editing, edit_address
from tests.factories import make_image, make_page
from tests.ways_to_publish import (
    WAYS,
    Case,
    Way,
    bundle,
    code_that_adds,
    code_that_saves,
    copy,
    form,
    form_of_a_new_page,
    schedule,
)

pytestmark = pytest.mark.django_db

every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
# The schedule and commands act without a user.
WITHOUT_A_USER = (schedule, bundle, code_that_saves, code_that_adds)
# A page added with a form or copied is the first language of a new content.
HAVE_NO_OTHER_LANGUAGE = (form_of_a_new_page, copy)
NOT_YET = timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)


@pytest.fixture
def case(editor: User, tmp_path: Path) -> Case:
    return Case(editor, tmp_path)


def go(way: Way, case: Case, hinder: Callable[[Case], None] = lambda case: None) -> None:
    steps = way(case)
    next(steps)
    hinder(case)
    with suppress(StopIteration):
        next(steps)


def refuse(version: Version) -> Iterator[Refusal]:
    if version.page.title.startswith("w"):
        yield Refusal(version.page, "a rule of the tests.", "summary")


def hold(version: Version) -> Iterator[Hold]:
    if version.page.title.startswith("w"):
        yield Hold(NOT_YET, "a rule of the tests.")


def add_rule(rule: publication.Rule) -> Callable[[Case], None]:
    return lambda case: publication.rules.append(rule)


def leave_a_field_empty(case: Case) -> None:
    case.spoil(lead_image=make_image())


@pytest.fixture(autouse=True)
def rules_as_they_were() -> Iterator[None]:
    rules = list(publication.rules)
    yield
    publication.rules[:] = rules


@every_way
def test_a_page_to_which_nothing_is_opposed_becomes_public(case: Case, way: Way) -> None:
    go(way, case)
    assert case.is_public(), case.said


@every_way
def test_what_a_rule_refuses_does_not_become_public(case: Case, way: Way) -> None:
    go(way, case, add_rule(refuse))
    assert not case.is_public()
    if way is not schedule:  # staff are told by mail and on their dashboard
        assert any("a rule of the tests." in text for text in case.said), case.said


@every_way
def test_what_a_rule_holds_waits(case: Case, way: Way) -> None:
    go(way, case, add_rule(hold))
    assert not case.is_public()


@pytest.mark.parametrize(
    "way",
    [
        way for way in WAYS if way not in (bundle, form_of_a_new_page)
    ],  # those check what is typed before there is a page
    ids=lambda way: way.__name__,
)
def test_what_is_not_complete_does_not_become_public(case: Case, way: Way) -> None:
    go(way, case, leave_a_field_empty)
    if way is bundle:
        return  # a file that lacks something is refused when it is read (test_content_bundles.py)
    assert not case.is_public()
    if way is not schedule:
        assert any("Say what the picture shows" in text for text in case.said), case.said


@every_way
def test_who_lacks_the_right_publishes_nothing(case: Case, way: Way) -> None:
    go(way, case, take_the_right_away)
    assert case.is_public() == (way in WITHOUT_A_USER)


def take_the_right_away(case: Case) -> None:
    """Let the user edit everywhere, but publish nowhere."""
    group = Group.objects.create(name="Writers")
    group.permissions.set(communications_group().permissions.all())
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=case.index.get_root(), permission=permission)
    case.user.groups.set([group])


@every_way
def test_below_a_private_page_nothing_becomes_public(case: Case, way: Way) -> None:
    go(way, case, close_the_door)
    assert not case.is_public()


def close_the_door(case: Case) -> None:
    """Make the section private in which the page will be public; the whole English tree where the page is elsewhere."""
    is_elsewhere = NewsPage.objects.filter(title__contains=case.word).exclude(path__startswith=case.index.path).exists()
    closed = case.index.get_parent() if is_elsewhere else case.index
    PageViewRestriction.objects.create(page=closed, restriction_type="login")


def put_under_embargo(case: Case) -> None:
    case.embargo = case.typed["embargo_until"] = NOT_YET
    for page in NewsPage.objects.filter(title__contains=case.word):
        hold_back(page)


def put_the_arabic_under_embargo(case: Case) -> None:
    """Set an embargo on the Arabic page, which was created before the case's page or as its translation."""
    arabic = case.arabic()
    case.typed["translation_key"] = arabic.translation_key
    NewsPage.objects.filter(title__contains=case.word).update(translation_key=arabic.translation_key)
    hold_back(arabic)


def hold_back(page: NewsPage) -> None:
    """Set an embargo in the rows of all languages, without the refusals and the rescheduling of `set_embargo`."""
    NewsPage.objects.filter(translation_key=page.translation_key).update(embargo_until=NOT_YET)


@every_way
def test_under_an_embargo_of_its_own_language_nothing_becomes_public(case: Case, way: Way) -> None:
    go(way, case, put_under_embargo)
    assert not case.is_public()


every_way_to_translate = pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in HAVE_NO_OTHER_LANGUAGE], ids=lambda way: way.__name__
)


@every_way_to_translate
def test_under_an_embargo_of_another_language_nothing_becomes_public(case: Case, way: Way) -> None:
    go(way, case, put_the_arabic_under_embargo)
    assert not case.is_public()


@every_way_to_translate
def test_without_its_rule_no_embargo_holds_anything(case: Case, way: Way) -> None:
    def hinder(case: Case) -> None:
        put_the_arabic_under_embargo(case)
        publication.rules.remove(embargo.under_embargo)

    go(way, case, hinder)
    assert case.is_public(), case.said


# Wagtail's page actions, and the way above that tries each; the name is empty for actions that publish nothing.
ACTIONS = {
    "create": "form_of_a_new_page",
    "edit": "action_that_edits",
    "publish": "code_that_publishes_a_revision",
    "copy": "copy",
    "move": "move",
    "revert": "older_revision",
    "delete": "",
    "unpublish": "",
    "convert_alias": "",
    "create_alias": "",
    "copy_for_translation": "",
}
BULK_ACTIONS = {"publish": "bulk_action", "move": "bulk_move", "delete": "", "unpublish": ""}
SIGNALS = {
    "page_published": "code_that_publishes_a_revision",
    "published": "code_that_publishes_a_revision",
    "post_page_move": "move",
    "pre_page_move": "move",
    "page_slug_changed": "",
    "page_unpublished": "",
    "unpublished": "",
    "workflow_approved": "workflow_approval",
    "task_approved": "workflow_approval",
    "copy_for_translation_done": "",
    "init_new_page": "",
    "workflow_submitted": "",
    "workflow_rejected": "",
    "workflow_cancelled": "",
    "task_submitted": "",
    "task_rejected": "",
    "task_cancelled": "",
    "pre_validate_delete": "",
}


def test_whatever_wagtail_can_do_with_a_page_is_tried_here() -> None:
    names = {way.__name__ for way in WAYS} | {""}
    assert set(action_registry.get_actions_for_model(NewsPage)) == set(ACTIONS)
    bulk = {action.action_type for action in bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")}
    assert bulk == set(BULK_ACTIONS)
    sent = {name for name, value in vars(signals).items() if isinstance(value, Signal)}
    assert sent == set(SIGNALS)
    assert set(ACTIONS.values()) | set(BULK_ACTIONS.values()) | set(SIGNALS.values()) <= names


def test_every_page_type_asks_the_gate_in_its_form() -> None:
    models: list[Any] = list(page_types())
    assert models
    for model in models:
        assert issubclass(model.get_edit_handler().get_form_class(), PublicationForm)


def without(rule: publication.Rule) -> Callable[[Case], None]:
    """Return a function that removes a rule, and gives the page a fault that the rule would refuse."""

    def hinder(case: Case) -> None:
        leave_a_field_empty(case)
        publication.rules.remove(rule)

    return hinder


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in (form, form_of_a_new_page, bundle)], ids=lambda way: way.__name__
)
def test_without_the_rule_its_sentence_is_not_said(case: Case, way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rule, Wagtail's own validation of a live page stops some of the ways.

    Its error does not name the page; our code that adds the name is switched off here.
    """
    monkeypatch.setattr(BasePage, "_named", lambda page, error: error)
    with suppress(ValidationError):
        go(way, case, without(common_rules.complete))
    assert not any(f"“{case.word}" in text and "Say what the picture shows" in text for text in case.said)


def test_a_bulk_action_publishes_those_that_may_and_names_the_others(case: Case) -> None:
    bad = case.make()
    leave_a_field_empty(case)
    good = make_page(NewsPage, "en", live=False)
    case.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?id={bad.pk}&id={good.pk}")
    assert NewsPage.objects.get(pk=good.pk).live
    assert not NewsPage.objects.get(pk=bad.pk).live
    assert any(case.word in text and "Say what the picture shows" in text for text in case.said)


def test_a_refusal_names_page_language_and_field_in_the_language_of_the_editor(case: Case) -> None:
    page = case.make()
    leave_a_field_empty(case)
    case.editing.prefer("fr")
    case.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=f"?id={page.pk}")
    with translation.override("fr"):
        field = capfirst(gettext("what the picture shows"))
        reason = gettext("Say what the picture shows, or mark it as decoration only.")
    assert any(f"«\xa0{case.word}\xa0» (Anglais), {field}\xa0: {reason}" in unescape(text) for text in case.said)


def test_what_is_refused_in_the_form_keeps_what_was_typed(case: Case) -> None:
    page = case.make()
    publication.rules.append(refuse)
    data = case.editing.edit_form(page, summary="Typed with care") | PUBLISH
    response = case.editing.post(edit_address(page), data)
    assert response.context["form"].errors["summary"] == ["a rule of the tests."]
    assert "Typed with care" in response.content.decode()


def test_locking_a_live_page_is_no_publication(case: Case) -> None:
    page = case.make(live=True)
    publication.rules.append(refuse)
    page.locked = True
    page.save()
    assert NewsPage.objects.get(pk=page.pk).locked


def test_an_embargo_on_one_language_holds_the_others_by_every_action(editing: Editing) -> None:
    """Neither a bulk action nor code publishes the translation of a release that is under embargo in Arabic."""
    end = (timezone.now() + timedelta(days=30)).replace(microsecond=0)
    arabic = make_page(PressReleasePage, "ar", live=False)
    english = make_page(PressReleasePage, "en", live=False, translation_key=arabic.translation_key)
    set_embargo(arabic.translation_key, end)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert editing.post(f"{bulk}?id={english.pk}").status_code == 302
    english = PressReleasePage.objects.get(pk=english.pk)
    assert (english.live, english.scheduled_revision.approved_go_live_at) == (False, end)

    english.save_revision().publish()
    english = PressReleasePage.objects.get(pk=english.pk)
    assert (english.live, english.scheduled_revision.approved_go_live_at) == (False, end)


def test_a_row_under_embargo_cannot_be_saved_as_live(case: Case) -> None:
    end = timezone.now() + timedelta(days=30)
    release = make_page(PressReleasePage, "en", live=False, embargo_until=end)
    release = PressReleasePage.objects.get(pk=release.pk)
    release.live = True
    with pytest.raises(publication.PublicationRefused):
        release.save(clean=False)
    assert not PressReleasePage.objects.get(pk=release.pk).live
