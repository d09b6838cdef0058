"""An editor translates a page of every type from any language, and no translation is public before it is published."""

from __future__ import annotations

import re
from itertools import cycle
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from lxml import html
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from core.languages.versions import language_versions
from home.models import HomePage, ProgrammePage, SectionPage, StandardPage
from news.models import NewsPage
from tests.editing import Editing, edit_address
from tests.factories import (
    CREATED_TYPES,
    CREATED_TYPES_IN_A_LANGUAGE,
    LANGUAGES,
    SINGLE_TYPES,
    TITLES,
    complete_fields,
    make_page,
    the_page,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

from_every_language = pytest.mark.parametrize("language", LANGUAGES)
of_every_type_in_a_language = pytest.mark.parametrize(("model", "language"), CREATED_TYPES_IN_A_LANGUAGE)
of_every_type = pytest.mark.parametrize("model", CREATED_TYPES)

SHARED_FIELDS = (
    "lead_image",
    "countries",
    "date",
    "date_issued",
    "date_revised",
    "isbn",
    "doi",
    "is_contact",
    "shows_stored_data",
    "is_legal",
    "contact_page",
    "source_language",
)
CHILDREN = ("topics", "authors", "files", "contacts", "corrections")


def others(language: str) -> list[str]:
    return [code for code in LANGUAGES if code != language]


def alternates(client: Client, page: Page) -> dict[str, str]:
    """Return the `hreflang` links in the head of a public page by language, without `x-default`."""
    document = html.fromstring(client.get(page.url).content)
    links = document.xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links if link.get("hreflang") != "x-default"}


def language_bar(client: Client, page: Page) -> list[str]:
    """Return the languages that a public page exists in according to its language bar."""
    links = html.fromstring(client.get(page.url).content).xpath("//nav[contains(@class,'language')]//a[not(@rel)]")
    return [link.get("hreflang") for link in links]


def main_part(client: Client, page: Page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    [main] = html.fromstring(response.content).xpath("//main")
    return str(html.tostring(main, encoding="unicode"))


def stored_body(page: Any) -> str:
    """Return the body of a page, with the attributes of its links in a fixed order."""
    blocks = [(block.block_type, block.block.get_prep_value(block.value)) for block in page.body]
    return re.sub(r'<a id="(\d+)" linktype="page">', r'<a linktype="page" id="\1">', str(blocks))


def same_slug_elsewhere(page: Page, language: str) -> str:
    """Return the address that a page would have in a language that it does not exist in."""
    parent = page.get_parent().get_translation(Locale.objects.get(language_code=language))
    return f"{parent.url}{page.slug}/"


@of_every_type_in_a_language
def test_translations_start_as_drafts_with_what_all_languages_share(
    editing: Editing, client: Client, model: type[Page], language: str
) -> None:
    source = make_page(model, language, **complete_fields(model, language))
    bar = language_bar(client, source)

    for page in editing.translate(source, *others(language)):
        assert (page.live, page.slug) == (False, source.slug)
        latest = page.get_latest_revision_as_object()
        for name in SHARED_FIELDS:
            if hasattr(source, name):
                assert getattr(page, name) == getattr(latest, name) == getattr(source, name), name
        for name in CHILDREN:
            if hasattr(source, name):
                expected = [str(child) for child in getattr(source, name).all()]
                assert [str(child) for child in getattr(page, name).all()] == expected != [], name
                assert [str(child) for child in getattr(latest, name).all()] == expected, name
        assert stored_body(page) == stored_body(latest) == stored_body(source)
        # Its address shows nothing but the notice.
        response = client.get(page.url)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert source.url in response.content.decode()
    assert list(language_versions(source)) == [language]
    assert language_bar(client, source) == bar == []
    assert alternates(client, source) == {language: f"http://testserver{source.url}"}


@of_every_type_in_a_language
def test_translation_in_the_usual_editor_is_published_with_a_slug_of_its_own(
    editing: Editing, client: Client, model: type[Page], language: str
) -> None:
    source = make_page(model, language, **complete_fields(model, language))
    target = others(language)[-1]
    [page] = editing.translate(source, target)
    fields = complete_fields(model, target)
    slug = slugify(TITLES[target], allow_unicode=True)
    page = editing.change(page, publish=True, title=TITLES[target], slug=slug, body=fields["body"])

    assert (page.live, page.slug) == (True, slug)
    assert TITLES[target] in main_part(client, page)
    expected = {code: f"http://testserver{version.url}" for code, version in language_versions(source).items()}
    assert set(expected) == {language, target}
    assert alternates(client, source) == alternates(client, page) == expected
    assert language_bar(client, source) == [target]


@pytest.mark.parametrize(
    ("model", "language"),
    list(zip([model for model in SINGLE_TYPES if model is not HomePage], cycle(LANGUAGES), strict=False)),
)
def test_section_that_a_language_lacks_is_translated(
    editing: Editing, client: Client, model: type[Page], language: str
) -> None:
    source = the_page(model, language)
    target = others(language)[0]
    editing.delete(the_page(model, target))
    [page] = editing.translate(source, target)
    assert not page.live

    page = editing.change(page, publish=True, title=TITLES[target])
    assert TITLES[target] in main_part(client, page)
    assert list(language_versions(source)) == list(LANGUAGES)


@of_every_type
def test_draft_is_translated_too(editing: Editing, model: type[Page]) -> None:
    source = make_page(model, "ar", live=False)
    for page in editing.translate(source, "en", "fr"):
        assert (page.live, page.slug) == (False, source.slug)
        editing.get(edit_address(page))


@pytest.mark.parametrize("answer", [{}, {"publish_translations": "on"}])
@pytest.mark.parametrize("model", [StandardPage, NewsPage])
def test_update_from_the_source_neither_publishes_nor_destroys(
    editing: Editing, model: type[Page], answer: dict[str, str]
) -> None:
    source = make_page(model, "ar", **complete_fields(model, "ar"))
    published, draft = editing.translate(source, "en", "fr")
    editing.change(published, publish=True, title="A title by hand")
    editing.change(source, publish=True, title=words("ar"), summary=words("ar"))

    record = TranslationSource.objects.get(object_id=source.translation_key)
    address = reverse("wagtail_localize:update_translations", args=[record.pk])
    editing.get(address)
    assert editing.post(address, answer).status_code == 302
    published.refresh_from_db()
    assert (published.live, published.title) == (True, "A title by hand")
    draft.refresh_from_db()
    assert not draft.live
    for page in (published, draft):
        editing.get(edit_address(page))
    assert list(language_versions(source)) == ["ar", "en"]


def test_translating_with_the_pages_below_leaves_what_is_translated(editing: Editing) -> None:
    section = make_page(SectionPage, "en")
    by_hand = make_page(StandardPage, "en", parent=section, title="In English, translated")
    missing = make_page(StandardPage, "en", parent=section, title="In English")
    [page] = editing.translate(by_hand, "fr")
    editing.change(page, publish=True, title="En français")

    editing.translate(section, "fr", with_pages_below=True)
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "En français")
    french = Locale.objects.get(language_code="fr")
    assert not missing.get_translation(french).live
    assert section.get_translation(french).alias_of is None


def test_translation_by_hand_is_not_offered_to_be_written_over(editing: Editing) -> None:
    [page] = editing.translate(make_page(NewsPage, "ar"), "en")
    assert "localize-restart-translation" not in editing.get(edit_address(page))


# The report of wagtail-localize lists its records in no particular order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_translations_are_listed_in_the_report(editing: Editing) -> None:
    source = make_page(NewsPage, "ar", title="عنوان في التقرير")
    editing.translate(source, "en")
    assert source.title in editing.get(reverse("wagtail_localize:translations_report"))


def section_with_alias(editing: Editing) -> tuple[Any, Any, Any]:
    """Return a section in English only, its alias in Arabic, and the Arabic draft of a page below it."""
    section = make_page(SectionPage, "en", **complete_fields(SectionPage, "en"))
    programme = make_page(ProgrammePage, "en", parent=section, **complete_fields(ProgrammePage, "en"))
    [translation] = editing.translate(programme, "ar")
    return section, translation.get_parent().specific, translation


def test_section_that_lacks_a_translation_is_stood_for_by_an_alias_that_is_never_public(
    editing: Editing, client: Client
) -> None:
    section, alias, translation = section_with_alias(editing)
    assert (alias.alias_of_id, alias.live) == (section.pk, True)

    response = client.get(alias.url)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert section.url in response.content.decode()
    assert section.summary not in response.content.decode()
    assert list(language_versions(section)) == ["en"]
    assert "ar" not in language_bar(client, section)
    editing.get(edit_address(alias))
    # The page below it is published all the same.
    assert main_part(client, editing.change(translation, publish=True))


@pytest.mark.parametrize("with_localize", [False, True])
def test_alias_that_becomes_a_page_starts_as_a_draft(editing: Editing, client: Client, with_localize: bool) -> None:
    section, alias, _ = section_with_alias(editing)
    if with_localize:
        editing.translate(section, "ar")
    else:
        address = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
        editing.get(address)
        assert editing.post(address).status_code == 302

    page = SectionPage.objects.get(pk=alias.pk)
    assert (page.alias_of, page.live, page.live_revision) == (None, False, None)
    assert list(language_versions(section)) == ["en"]
    assert client.get(page.url).headers["X-Robots-Tag"] == "noindex"
    page = editing.change(page, publish=True, title=TITLES["ar"])
    assert main_part(client, page)
    assert list(language_versions(section)) == ["ar", "en"]


@pytest.mark.parametrize("action", ["localize-convert-to-alias", "localize-restart-translation"])
def test_nobody_can_write_the_source_over_a_translation(editing: Editing, client: Client, action: str) -> None:
    source = make_page(StandardPage, "en")
    [page] = editing.translate(source, "ar")
    page = editing.change(page, publish=True, title="عنوان")
    assert action not in editing.get(edit_address(page))
    editing.post(edit_address(page), editing.edit_form(page) | {action: "on"})
    address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    for response in (editing.client.get(address), editing.post(address)):
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("wagtailadmin_home")

    page.refresh_from_db()
    assert (page.title, page.alias_of_id, page.live) == ("عنوان", None, True)
    assert not Translation.objects.filter(enabled=True).exists()
    assert list(language_versions(source)) == ["ar", "en"]


def published_in_all(editing: Editing, **fields: Any) -> dict[str, Any]:
    """Publish a standard page in three languages, and return its pages by language."""
    source = make_page(StandardPage, "en", **fields)
    versions = [source, *(editing.change(page, publish=True) for page in editing.translate(source, "ar", "fr"))]
    return {page.locale.language_code: page for page in versions}


def test_translations_move_along_and_old_addresses_lead_to_the_new(editing: Editing, client: Client) -> None:
    pages = published_in_all(editing)
    old = {language: page.url for language, page in pages.items()}
    editing.move(pages["en"], the_page(SectionPage, "en"))

    for language, page in pages.items():
        moved = StandardPage.objects.get(pk=page.pk)
        assert moved.get_parent().specific == the_page(SectionPage, language)
        response = client.get(old[language])
        assert (response.status_code, response.headers["Location"]) == (301, moved.url)
        assert main_part(client, moved)
        assert set(alternates(client, moved)) == set(LANGUAGES)
    assert Page.find_problems() == ([], [], [], [], [])
    moves = PageLogEntry.objects.filter(action__in=["wagtail.move", "wagtail.reorder"], page__in=list(pages.values()))
    assert moves.count() == len(LANGUAGES)


def test_translation_stays_where_it_is_when_its_slug_is_taken_at_the_new_place(
    editing: Editing, client: Client
) -> None:
    pages = published_in_all(editing, slug="twice")
    make_page(StandardPage, "fr", slug="twice", parent=the_page(SectionPage, "fr"))
    editing.move(pages["en"], the_page(SectionPage, "en"))

    places = {language: StandardPage.objects.get(pk=page.pk).get_parent() for language, page in pages.items()}
    assert places["ar"].specific == the_page(SectionPage, "ar")
    assert places["fr"].specific == the_page(HomePage, "fr")
    assert main_part(client, pages["fr"])
    assert Page.find_problems() == ([], [], [], [], [])


@from_every_language
def test_old_slug_leads_to_the_new_one(editing: Editing, client: Client, language: str) -> None:
    page = make_page(NewsPage, language)
    old = page.url
    page = editing.change(page, publish=True, slug=f"{page.slug}-2")
    targets = {old: page.url, f"{old}?from=mail": f"{page.url}?from=mail", old.removesuffix("/"): page.url}
    for address, target in targets.items():
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, target)


def test_redirect_wins_over_the_notice_of_a_missing_language(editing: Editing, client: Client) -> None:
    page = make_page(NewsPage, "en")
    address = same_slug_elsewhere(page, "fr")
    assert client.get(address).headers["X-Robots-Tag"] == "noindex"
    target = the_page(NewsPage, "fr")
    response = editing.post(
        reverse("wagtailredirects:add"), {"old_path": address, "is_permanent": "on", "redirect_page": target.pk}
    )
    assert response.status_code == 302

    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, target.url)


def test_page_that_came_back_to_its_old_address_leads_nowhere_once_unpublished(
    editing: Editing, client: Client
) -> None:
    page = make_page(NewsPage, "ar", slug="القديم")
    address = page.url
    page = editing.change(page, publish=True, slug="الجديد")
    page = editing.change(page, publish=True, slug="القديم")
    assert client.get(address).status_code == 200
    assert [redirect.redirect_page.pk for redirect in Redirect.objects.all()] == [page.pk]

    editing.unpublish(page)
    assert client.get(address).status_code == 404


def test_copy_is_a_content_of_its_own(editing: Editing, client: Client) -> None:
    source = make_page(NewsPage, "ar", **complete_fields(NewsPage, "ar"))
    [page] = editing.translate(source, "fr")
    page = editing.change(page, publish=True, title="En français")
    copy = copy_of(editing, page, page.get_parent())

    assert (copy.live, copy.locale, copy.source_language) == (False, page.locale, "fr")
    assert copy.translation_key != page.translation_key
    assert list(copy.topics.all()) == list(page.topics.all()) != []
    copy = editing.change(copy, publish=True)
    assert copy.source_language == "fr"
    assert list(language_versions(copy)) == ["fr"]
    assert list(language_versions(page)) == ["ar", "fr"]
    assert [version.source_language for version in editing.translate(copy, "ar", "en")] == ["fr", "fr"]


def copy_of(editing: Editing, page: Page, parent: Page, **choices: str) -> Any:
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    editing.get(address)
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": str(parent.pk)} | choices
    response = editing.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    return page.specific_class.objects.get(slug="a-copy", locale=page.locale)


def test_copy_that_follows_its_page_is_not_public(editing: Editing, client: Client) -> None:
    page = make_page(NewsPage, "ar")
    copy = copy_of(editing, page, page.get_parent(), alias="on")
    assert copy.alias_of_id == page.pk
    assert client.get(copy.url).status_code == 404
    editing.get(edit_address(copy))


def test_section_is_copied_with_its_pages(editing: Editing, client: Client) -> None:
    section = make_page(SectionPage, "fr")
    make_page(ProgrammePage, "fr", parent=section, slug="below", **complete_fields(ProgrammePage, "fr"))
    copy = copy_of(editing, section, section.get_parent(), copy_subpages="on", publish_copies="on")
    assert client.get(f"{copy.url}below/").status_code == 200


@pytest.mark.parametrize("preferred", LANGUAGES)
def test_page_is_not_copied_among_pages_of_another_language(editing: Editing, preferred: str) -> None:
    editing.prefer(preferred)
    page = make_page(NewsPage, "fr")
    parent = page.get_parent().get_translation(Locale.objects.get(language_code="ar"))
    response = editing.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": parent.pk},
    )
    assert set(response.context["form"].errors) == {"new_parent_page"}
    assert not parent.get_children().filter(slug="a-copy").exists()


def test_deleting_the_source_leaves_real_translations_and_no_alias_public(editing: Editing, client: Client) -> None:
    section, alias, translation = section_with_alias(editing)
    translation = editing.change(translation, publish=True)
    editing.delete(section)

    assert main_part(client, translation)
    assert list(language_versions(translation)) == ["ar"]
    alias = SectionPage.objects.get(pk=alias.pk)
    assert (alias.alias_of, alias.live) == (None, False)
    assert client.get(alias.url).status_code == 404
    for page in (alias, translation):
        editing.change(page, publish=True, title=words("ar"))
    assert main_part(client, alias)


def test_deleted_translation_can_be_made_anew(editing: Editing) -> None:
    source = make_page(StandardPage, "en")
    [page] = editing.translate(source, "ar")
    editing.delete(page)
    editing.get(edit_address(source))
    [page] = editing.translate(source, "ar")
    assert not page.live
    assert Translation.objects.filter(source__object_id=source.translation_key).count() == 1
