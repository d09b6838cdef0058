"""A draft needs only a title. Other required values are enforced when it is submitted, scheduled or published."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from html import unescape
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from accounts.models import User
from api.preview import preview_link
from core.blocks.body import BodyBlock
from core.languages.declared import language_name
from home.models import HomePage
from news.models import NewsCorrection, NewsPage
from press.inquiries.page import InquiryPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleaseContact, ReleaseCorrection, ReleasePicture
from press.room.page import PressRoomPage
from research.models import PublicationAuthor, PublicationCorrection, PublicationFile, PublicationPage
from tests.editing import PUBLISH, Editing, add_address, edit_address
from tests.factories import (
    CREATED_TYPES,
    CREATED_TYPES_IN_A_LANGUAGE,
    LANGUAGES,
    SINGLE_TYPES,
    TITLES,
    complete_fields,
    make_image,
    make_page,
    parent_of_new,
    the_page,
)
from tests.ways_to_publish import WAYS, Case, Way, bundle, code_that_adds, form_of_a_new_page, schedule

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
of_every_created_type = pytest.mark.parametrize("model", CREATED_TYPES)
# Of the types that exist once, those whose forms differ from the others'.
of_every_form = pytest.mark.parametrize("model", [*CREATED_TYPES, HomePage, PressRoomPage, InquiryPage])
# The fields that a type requires on publication, in addition to its title.
ASKED_FOR: dict[type[Page], set[str]] = {
    NewsPage: {"date"},
    PublicationPage: {"date_issued"},
    PressReleasePage: {"date", "dateline"},
}
# A row for every list of a type, in which the editor has typed almost nothing.
ROWS: dict[type[Page], dict[str, list[Any]]] = {
    NewsPage: {"corrections": [NewsCorrection(date="", text="Typed")]},
    PublicationPage: {
        "corrections": [PublicationCorrection(date="", text="Typed")],
        "authors": [PublicationAuthor(name="", orcid="0000-0002-1825-0097")],
        "files": [PublicationFile(title="Typed")],
    },
    PressReleasePage: {
        "corrections": [ReleaseCorrection(date="", text="Typed")],
        "contacts": [ReleaseContact(role="Typed", name="", email="")],
        "pictures": [ReleasePicture(caption="Typed")],
    },
}


def empty(model: type[Page]) -> dict[str, Any]:
    """Return what the form of a type sends after all its default values have been deleted."""
    return {name: "" for name in ("date", "date_issued", "dateline") if name in ASKED_FOR.get(model, ())}


def can_be_read(editing: Editing, page: Any) -> None:
    """Fail unless every admin view shows this draft, and partners get its preview or the reason why there is none."""
    for name in ("edit", "view_draft", "history", "usage"):
        editing.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
    editing.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editing.post(address, editing.edit_form(page)).json() == {"is_valid": True, "is_available": True}
    assert f'lang="{page.locale.language_code}"' in editing.get(address)
    undated = page.get_latest_revision_as_object().publication_day is None and type(page) in ASKED_FOR
    seen = Client().get(preview_link(page, editing.editor).removeprefix("http://testserver"))
    assert seen.status_code == (403 if undated else 200)
    assert not undated or "no date yet" in seen.json()["detail"]


@pytest.mark.parametrize(("model", "language"), CREATED_TYPES_IN_A_LANGUAGE)
def test_new_page_is_saved_with_a_title_only(editing: Editing, model: type[Page], language: str) -> None:
    page = editing.create(model, parent_of_new(model, language), title=TITLES[language], **empty(model))
    assert not page.live
    can_be_read(editing, editing.change(page, title=f"{TITLES[language]} 2"))


@of_every_created_type
def test_preview_of_a_new_page_needs_a_title_only(editing: Editing, model: type[Page]) -> None:
    parent = parent_of_new(model, "ar")
    address = f"{add_address(model, parent)}preview/"
    data = editing.new_form(model, parent, {"title": TITLES["ar"], **empty(model)})
    assert editing.post(address, data).json() == {"is_valid": True, "is_available": True}
    assert TITLES["ar"] in editing.get(address)


@of_every_form
def test_published_page_is_emptied_in_a_draft(editing: Editing, client: Client, model: type[Page]) -> None:
    fields = {} if model in SINGLE_TYPES else complete_fields(model, "ar")
    page = make_page(model, "ar", **fields) if fields else the_page(model, "ar")
    title = "عنوان المسودة"
    texts = ("summary", "lead_image", "lead_image_alt", "lead_image_caption")
    emptied: dict[str, Any] = {**dict.fromkeys(texts, ""), **empty(model), "body": []}
    page = editing.change(page, title=title, **emptied)
    assert page.live
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.summary, len(draft.body)) == (title, "", 0)
    can_be_read(editing, page)
    assert title not in client.get(page.url).content.decode()


@of_every_created_type
def test_autosave_takes_a_title_only(editing: Editing, model: type[Page]) -> None:
    parent = parent_of_new(model, "fr")
    data = editing.new_form(model, parent, {"title": TITLES["fr"], **empty(model)})
    saved = editing.post(add_address(model, parent), data, headers={"accept": "application/json"}).json()
    assert saved["success"], saved


@of_every_created_type
def test_draft_with_a_title_only_is_translated(editing: Editing, model: type[Page]) -> None:
    source = editing.create(model, parent_of_new(model, "ar"), title=TITLES["ar"], **empty(model))
    english, french = editing.translate(source, "en", "fr")
    can_be_read(editing, french)
    for page in (english, french):
        assert (page.live, page.title, page.publication_day) == (False, TITLES["ar"], source.publication_day)
        editing.change(page, title=TITLES[page.locale.language_code])


@of_every_form
def test_picture_waits_for_its_description(editing: Editing, model: type[Page]) -> None:
    page = the_page(model, "fr") if model in SINGLE_TYPES else make_page(model, "fr")
    page = editing.change(page, lead_image=make_image(), lead_image_alt="")
    assert page.get_latest_revision_as_object().lead_image
    response = editing.post(edit_address(page), editing.edit_form(page) | PUBLISH)
    assert set(response.context["form"].errors) == {"lead_image_alt"}


@pytest.mark.parametrize("model", ROWS)
def test_rows_that_are_not_filled_in_are_kept(editing: Editing, model: type[Page]) -> None:
    page = make_page(model, "en", live=False)
    typed: dict[str, Any] = ROWS[model]
    page = editing.change(page, **typed)
    for name, rows in ROWS[model].items():
        assert getattr(page, name).count() == len(rows), name
    can_be_read(editing, page)
    response = editing.post(edit_address(page), editing.edit_form(page) | PUBLISH)
    assert set(response.context["form"].formsets) >= set(ROWS[model])
    for name in ROWS[model]:
        assert any(response.context["form"].formsets[name].errors), name
    with pytest.raises(Exception, match=r"Corrections.*1, Date"):
        page.get_latest_revision().publish()


def test_blocks_that_are_not_filled_in_are_kept(editing: Editing) -> None:
    blocks = BodyBlock().child_blocks
    body = [{"type": name, "value": block.get_prep_value(block.get_default())} for name, block in blocks.items()]
    page = editing.create(NewsPage, parent_of_new(NewsPage, "ar"), title=TITLES["ar"], body=body)
    assert [block.block_type for block in page.body] == list(blocks)
    can_be_read(editing, page)


@pytest.mark.parametrize(("model", "language"), list(zip(ASKED_FOR, cycle(LANGUAGES), strict=False)))
def test_what_is_missing_is_asked_for_beside_its_field(editing: Editing, model: type[Page], language: str) -> None:
    parent = parent_of_new(model, language)
    page = editing.create(model, parent, title=TITLES[language], **empty(model))
    have_a_workflow(parent, editing.editor)
    forms = {
        edit_address(page): editing.edit_form(page),
        add_address(model, parent): editing.new_form(model, parent, {"title": f"{TITLES[language]} 2", **empty(model)}),
    }
    for address, data in forms.items():
        for action in ("action-publish", "action-submit"):
            response = editing.post(address, data | {action: action})
            assert set(response.context["form"].errors) == ASKED_FOR[model], action


def have_a_workflow(page: Page, reviewer: User) -> None:
    task = GroupApprovalTask.objects.create(name=f"Review {page.pk}")
    task.groups.set(reviewer.groups.all())
    workflow = Workflow.objects.create(name=f"Review {page.pk}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=page)


@in_every_language
def test_schedule_of_all_languages_names_page_language_and_field(editing: Editing, language: str) -> None:
    editing.prefer(language)
    page = editing.create(NewsPage, parent_of_new(NewsPage, "fr"), title=TITLES["fr"], date="")
    address = reverse("content_schedule", args=[page.pk])
    moment = timezone.localtime() + timedelta(days=3)
    sent = editing.post(address, {"moment": f"{moment:%Y-%m-%dT%H:%M}", "languages": ["fr"]}, follow=True)
    said = unescape(sent.content.decode())
    with translation.override(language):
        assert_names(said, TITLES["fr"], str(language_name("fr")), capfirst(gettext("date")))
    page.refresh_from_db()
    assert (page.live, page.go_live_at) == (False, None)


def assert_names(said: str, *names: str) -> None:
    assert {name for name in names if name not in said} == set()


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in (bundle, form_of_a_new_page)], ids=lambda way: way.__name__
)
def test_no_way_to_publish_passes_without_a_date(editor: User, tmp_path: Path, way: Way) -> None:
    case = Case(editor, tmp_path)
    steps = way(case)
    next(steps)
    case.spoil(date=None)
    with suppress(StopIteration):
        next(steps)
    assert not case.is_public()
    if way not in (schedule,):  # staff are told by mail
        assert any("Date" in text for text in case.said), case.said
    if way is not code_that_adds:
        assert NewsPage.objects.filter(title__contains=case.word, date=None).exists()
