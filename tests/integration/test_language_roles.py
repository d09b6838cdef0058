"""Writers, translators, reviewers and publishers of one language: what each may do in it, and nothing in another."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Workflow, WorkflowPage, WorkflowState

from accounts.language_roles import LANGUAGE_ROLES
from accounts.models import User
from accounts.roles import COMMUNICATIONS
from core.translation.translating import may_translate
from home.models import HomePage, StandardPage
from tests.editing import PUBLISH, Editing, add_address, edit_address
from tests.factories import LANGUAGES, make_page, the_page

pytestmark = pytest.mark.django_db

# What a role may do with a page of its language.
MAY = {
    "writer": {"add", "edit"},
    "translator": {"add", "edit", "translate"},
    "reviewer": {"edit", "lock"},
    "publisher": {"add", "edit", "translate", "publish", "lock", "delete"},
}
of_every_role = pytest.mark.parametrize("role", sorted(LANGUAGE_ROLES))


def somebody(role: str, *languages: str, name: str = "") -> Editing:
    name = name or role
    options = [f"--language={language}" for language in languages]
    call_command(
        "create_editor", f"--role={role}", *options, username=name, email=f"{name}@example.org", stdout=StringIO()
    )
    user = User.objects.get(username=name)
    client = Client()
    client.force_login(user)
    return Editing(client, user)


def rights(user: User, page: Page) -> set[str]:
    on_page = page.permissions_for_user(user)
    found = {
        "add": on_page.can_add_subpage(),
        "edit": on_page.can_edit(),
        "publish": on_page.can_publish(),
        "lock": on_page.can_lock(),
        "delete": on_page.can_delete(),
    }
    return {right for right, is_had in found.items() if is_had}


@of_every_role
@pytest.mark.parametrize("language", LANGUAGES)
def test_role_has_its_rights_in_its_language_and_none_in_another(role: str, language: str) -> None:
    user = somebody(role, language).editor
    for other in LANGUAGES:
        expected = MAY[role] - {"translate"} if other == language else set()
        assert rights(user, make_page(StandardPage, other)) == expected, other
    assert user.has_perm("wagtailadmin.access_admin")
    assert not [name for name in user.get_all_permissions() if name.startswith(("press.", "auth.", "accounts."))]


@of_every_role
def test_who_translates_into_a_language_reads_what_is_to_be_translated(role: str) -> None:
    user = somebody(role, "ar").editor
    assert may_translate(user, make_page(StandardPage, "fr")) == ("translate" in MAY[role])


def test_translator_makes_the_translation_and_cannot_publish_it() -> None:
    translator = somebody("translator", "ar")
    source = make_page(StandardPage, "en", title="A source")
    (page,) = translator.translate(source, "ar")
    page = translator.change(page, title="ترجمة")
    assert not page.live
    translator.post(edit_address(page), translator.edit_form(page) | PUBLISH)
    assert not Page.objects.get(pk=page.pk).live
    assert translator.client.get(edit_address(source)).status_code == 302


def test_what_a_writer_submits_is_reviewed_then_published() -> None:
    writer, reviewer, publisher = somebody("writer", "ar"), somebody("reviewer", "ar"), somebody("publisher", "ar")
    stranger = somebody("reviewer", "fr", name="stranger")
    data = writer.new_form(StandardPage, the_page(HomePage, "ar"), {"title": "صفحة", "summary": "ملخص"})
    address = add_address(StandardPage, the_page(HomePage, "ar"))
    assert writer.post(address, data | {"action-submit": "submit"}).status_code == 302
    page = StandardPage.objects.latest("pk")
    assert told() == {"reviewer@example.org"}

    assert approve(stranger, page) != 200
    assert at_work(page).workflow.name == "المراجعة والنشر (ar)"
    assert groups_at_work(page) == {"Reviewers (ar)"}
    approve(reviewer, page)
    assert groups_at_work(page) == {"Publishers (ar)", COMMUNICATIONS}
    assert not Page.objects.get(pk=page.pk).live
    approve(reviewer, page)
    assert not Page.objects.get(pk=page.pk).live
    assert "publisher@example.org" in told()
    approve(publisher, page)
    assert Page.objects.get(pk=page.pk).live


def told() -> set[str]:
    return {address for message in mail.outbox for address in message.to}


def at_work(page: Any) -> WorkflowState:
    state: WorkflowState = page.workflow_states.get(status=WorkflowState.STATUS_IN_PROGRESS)
    return state


def groups_at_work(page: Any) -> set[str]:
    return set(at_work(page).current_task_state.task.specific.groups.values_list("name", flat=True))


def approve(editing: Editing, page: Any) -> int:
    task = at_work(page).current_task_state.pk
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task])
    return int(editing.post(address, {"comment": ""}).status_code)


def test_without_a_language_the_role_holds_in_all() -> None:
    user = somebody("publisher").editor
    assert set(user.groups.values_list("name", flat=True)) == {f"Publishers ({code})" for code in LANGUAGES}


def test_groups_are_repaired_and_an_administrator_s_workflow_stays() -> None:
    home = the_page(HomePage, "ar")
    own = Workflow.objects.create(name="Of an administrator")
    WorkflowPage.objects.create(workflow=own, page=home)
    user = somebody("reviewer", "ar").editor
    group = user.groups.get()
    below = GroupPagePermission.objects.filter(group=group)
    permission = below[0].permission
    below.delete()
    GroupPagePermission.objects.create(group=group, page=the_page(HomePage, "fr"), permission=permission)
    group.permissions.clear()
    somebody("reviewer", "ar")
    user = User.objects.get(pk=user.pk)
    assert rights(user, make_page(StandardPage, "ar")) == MAY["reviewer"]
    assert rights(user, make_page(StandardPage, "fr")) == set()
    assert user.has_perm("wagtailadmin.access_admin")
    assert home.get_workflow() == own


def test_language_without_a_role_for_it_and_one_without_pages_are_refused() -> None:
    with pytest.raises(CommandError, match="--language goes with --role writer, translator"):
        call_command("create_editor", "--role=press-officer", "--language=ar", stdout=StringIO())
    Locale.objects.filter(language_code="fr").update(language_code="de")
    with pytest.raises(CommandError, match="no pages in the language “fr” yet"):
        somebody("writer", "fr")
    assert not User.objects.filter(username="writer").exists()
