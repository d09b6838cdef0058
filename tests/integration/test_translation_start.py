"""A translation starts from the current text, says which that is, and is created or moved only where the user may."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import TranslationSource

from accounts.models import User
from core.languages.declared import language_name
from core.publication.rules import PublicationRefused
from home.models import HomePage, SectionPage, StandardPage
from news.models import NewsPage
from tests.editing import Editing, edit_address
from tests.factories import LANGUAGES, make_page, the_page

pytestmark = pytest.mark.django_db

in_every_admin_language = pytest.mark.parametrize("preferred", LANGUAGES)


def locale(language: str) -> Locale:
    found: Locale = Locale.objects.get(language_code=language)
    return found


def address_of(page: Page) -> str:
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


@pytest.fixture
def translator(db: None) -> Editing:
    """A user who may write, publish and translate in Arabic only."""
    user = User.objects.create_user("a-translator", "translator@example.org", "a password of the tests")
    group = Group.objects.create(name="Arabic")
    user.groups.add(group)
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", "submit_translation"]))
    for permission in Permission.objects.filter(codename__in=["add_page", "change_page", "publish_page"]):
        GroupPagePermission.objects.create(group=group, page=the_page(HomePage, "ar"), permission=permission)
    client = Client()
    client.force_login(user)
    return Editing(client, user)


def submit(editing: Editing, page: Page, *languages: str, **fields: Any) -> Any:
    locales = [locale(language).pk for language in languages]
    return editing.post(address_of(page), {"locales": locales} | fields, follow=True)


def translation(page: Page, language: str) -> Any:
    return page.get_translation(locale(language)).specific


def test_second_language_starts_from_what_was_corrected_since_the_first(editing: Editing) -> None:
    source = make_page(NewsPage, "ar", title="خمسة آلاف", summary="خمسة")
    editing.translate(source, "en")
    editing.change(source, publish=True, title="خمسون ألفا", summary="خمسون")
    [french] = editing.translate(source, "fr")
    assert (french.title, french.summary) == ("خمسون ألفا", "خمسون")
    assert french.get_latest_revision_as_object().summary == "خمسون"
    assert TranslationSource.objects.filter(object_id=source.translation_key).count() == 1


def test_draft_that_was_never_published_is_translated_as_it_is_now(editing: Editing) -> None:
    source = make_page(NewsPage, "ar", live=False, title="قديم")
    editing.translate(source, "en")
    editing.change(source, title="جديد")
    [french] = editing.translate(source, "fr")
    assert french.get_latest_revision_as_object().title == french.title == "جديد"


@pytest.mark.parametrize(("text", "title"), [("", "Published"), ("published", "Published"), ("draft", "Drafted")])
def test_published_text_is_taken_unless_the_editor_chooses_the_draft(editing: Editing, text: str, title: str) -> None:
    source = make_page(NewsPage, "en", title="Published")
    editing.change(source, title="Drafted")
    form = editing.get(address_of(source))
    assert 'name="text"' in form
    assert "which is not published" in form
    response = submit(editing, source, "fr", **({"text": text} if text else {}))
    french = translation(source, "fr")
    assert (french.live, french.title) == (False, title)
    assert response.redirect_chain[-1][0] == edit_address(french)
    taken = "the draft of" if text == "draft" else "the version published on"
    assert taken in response.content.decode()
    source.refresh_from_db()
    assert (source.title, source.live) == ("Published", True)


def test_choice_is_not_shown_where_there_is_none(editing: Editing) -> None:
    source = make_page(NewsPage, "en")
    assert 'type="radio" name="text"' not in editing.get(address_of(source))
    draft = make_page(NewsPage, "en", live=False)
    form = editing.get(address_of(draft))
    assert "which is not published" in form
    assert "the version published on" not in form


@in_every_admin_language
def test_several_translations_are_listed_with_links(editing: Editing, preferred: str) -> None:
    editing.prefer(preferred)
    source = make_page(NewsPage, "ar")
    response = submit(editing, source, "en", "fr")
    page = response.content.decode()
    for language in ("en", "fr"):
        assert edit_address(translation(source, language)) in page


def test_pages_below_are_translated_from_their_drafts_where_chosen(editing: Editing) -> None:
    section = make_page(SectionPage, "en")
    live = make_page(StandardPage, "en", parent=section, title="Published")
    new = make_page(StandardPage, "en", parent=section, title="Never published", live=False)
    editing.change(live, title="Drafted")
    editing.change(new, title="Never published, later")
    response = submit(editing, section, "fr", include_subtree="on", text="draft")
    assert (translation(live, "fr").title, translation(new, "fr").title) == ("Drafted", "Never published, later")
    assert reverse("wagtailadmin_explore", args=[translation(section, "fr").pk]) in response.content.decode()

    submit(editing, section, "ar", include_subtree="on")
    assert (translation(live, "ar").title, translation(new, "ar").title) == ("Published", "Never published, later")


def test_translator_makes_pages_in_the_own_language_only(translator: Editing) -> None:
    source = make_page(NewsPage, "en")
    pages = Page.objects.count()
    assert "You may not add pages in French below “Actualités”" in translator.get(address_of(source))
    for languages in (["fr"], ["ar", "fr"]):
        response = submit(translator, source, *languages)
        assert response.status_code == 200
        assert "You may not add pages in French below" in response.content.decode()
    assert Page.objects.count() == pages
    submit(translator, source, "ar")
    assert not translation(source, "ar").live
    assert Page.objects.count() == pages + 1


@pytest.mark.parametrize("with_pages_below", [False, True])
def test_no_alias_is_made_where_one_may_not_add_pages(translator: Editing, with_pages_below: bool) -> None:
    section = make_page(SectionPage, "ar")
    page = make_page(StandardPage, "ar", parent=section)
    pages = Page.objects.count()
    fields = {"include_subtree": "on"} if with_pages_below else {}
    response = submit(translator, section if with_pages_below else page, "en", **fields)
    assert "You may not add pages in English below" in response.content.decode()
    assert Page.objects.count() == pages


def test_pages_below_are_asked_for_one_by_one(translator: Editing) -> None:
    """A translation may be in a different place from its source, in which the user has no rights."""
    above = make_page(StandardPage, "en")
    section = make_page(StandardPage, "en", parent=above)
    page = make_page(StandardPage, "en", parent=section, slug="stays")
    make_page(StandardPage, "en", parent=page)
    make_page(StandardPage, "en", slug="stays")
    permitted = above.copy_for_translation(locale("ar"))
    elsewhere = page.copy_for_translation(locale("ar"), copy_parents=True)
    elsewhere.move(the_page(HomePage, "ar"), pos="last-child")
    GroupPagePermission.objects.filter(group=translator.editor.groups.get()).update(page=permitted)
    pages = Page.objects.count()
    response = submit(translator, section, "ar", include_subtree="on")
    assert f"You may not add pages in Arabic below “{elsewhere.title}”" in response.content.decode()
    assert Page.objects.count() == pages
    submit(translator, section, "ar")
    assert translation(section, "ar").alias_of is None


def test_translator_reads_the_source_and_cannot_change_it(translator: Editing) -> None:
    source = make_page(NewsPage, "en", title="Published")
    first = source.latest_revision
    source.title = "Drafted"
    second = source.save_revision()
    for address in (
        reverse("wagtailadmin_pages:view_draft", args=[source.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[source.pk, second.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[source.pk, first.pk, second.pk]),
    ):
        assert "Drafted" in translator.get(address)
    assert translator.client.get(edit_address(source)).status_code == 302
    submit(translator, source, "ar")
    view = reverse("wagtailadmin_pages:view_draft", args=[source.pk])
    assert view in translator.get(edit_address(translation(source, "ar")))


def test_who_may_not_translate_reads_no_draft(translator: Editing) -> None:
    source = make_page(NewsPage, "en")
    revision = source.save_revision()
    translator.editor.groups.get().permissions.remove(Permission.objects.get(codename="submit_translation"))
    for address in (
        reverse("wagtailadmin_pages:view_draft", args=[source.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[source.pk, revision.pk]),
    ):
        response = translator.client.get(address)
        assert response.headers["Location"] == reverse("wagtailadmin_home")


def places(page: Page) -> dict[str, int]:
    versions = page.get_translations(inclusive=True)
    return {version.locale.language_code: version.get_parent().pk for version in versions}


def in_arabic_and_english(editing: Editing) -> tuple[Any, Any]:
    source = make_page(StandardPage, "ar")
    [english] = editing.translate(source, "en")
    return source, editing.change(english, publish=True)


@in_every_admin_language
@pytest.mark.parametrize("bulk", [False, True])
def test_nothing_moves_where_a_translation_may_not(
    editing: Editing, translator: Editing, preferred: str, bulk: bool
) -> None:
    translator.prefer(preferred)
    source, english = in_arabic_and_english(editing)
    alone = make_page(StandardPage, "ar")
    before = (places(source), places(alone))
    target = the_page(SectionPage, "ar")
    if bulk:
        action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        response = translator.post(f"{action}?id={alone.pk}&id={source.pk}", {"chooser": target.pk}, follow=True)
    else:
        address = reverse("wagtailadmin_pages:move_confirm", args=[source.pk, target.pk])
        response = translator.post(address, follow=True)
    assert (places(source), places(alone)) == before
    with override(preferred):
        named = language_name("en")
    page = response.content.decode()
    assert english.title in page
    assert named in page
    assert Page.find_problems() == ([], [], [], [], [])


def test_page_without_translations_is_moved_by_who_may(translator: Editing) -> None:
    page, target = make_page(StandardPage, "ar"), the_page(SectionPage, "ar")
    translator.move(page, target)
    assert places(page) == {"ar": target.pk}


def test_no_way_in_code_moves_what_the_user_at_work_may_not(editing: Editing, translator: Editing) -> None:
    source, _ = in_arabic_and_english(editing)
    before = places(source)
    with LogContext(user=translator.editor), pytest.raises(PublicationRefused, match="English"):
        source.move(the_page(SectionPage, "ar"), pos="last-child")
    assert places(source) == before
    source.move(the_page(SectionPage, "ar"), pos="last-child")
    assert places(source)["en"] == the_page(SectionPage, "en").pk
