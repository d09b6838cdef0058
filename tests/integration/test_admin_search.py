"""The admin's search, as an editor uses it, on the engine of the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.backends.elasticsearchbase import ElasticsearchBaseMapping
from modelsearch.index import get_indexed_models
from modelsearch.query import Not, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from home.models import SectionPage, StandardPage
from news.models import NewsPage
from tests.editing import Editing
from tests.factories import make_document, make_image, make_page, parent_of_new, the_page

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine, pytest.mark.slow]


def titles(answer: Any) -> list[str]:
    return [str(item.title) for item in answer]


def found(editing: Editing, query: str, **parameters: str) -> list[str]:
    """Return the titles that the page search of the admin lists."""
    response = editing.client.get(reverse("wagtailadmin_pages:search"), {"q": query, **parameters})
    assert response.status_code == 200
    return titles(response.context["object_list"])


PAGES = {
    "ar": "مشاريع جديدة لإعادة إدماج المهاجرين العائدين في المدارس",
    "en": "Report on the shelter of a displaced community",
    "fr": "L’accès à l’éducation des enfants déplacés",
}
QUERIES = [
    ("ar", "مهاجر"),
    ("ar", "مشروع"),
    ("ar", "مدرسة"),
    ("ar", "اعادة ادماج"),
    ("ar", "وللمهاجرين"),
    ("ar", "بالمدارس"),
    ("ar", "مهاج"),
    ("ar", "إِعَادَة"),
    ("en", "reports"),
    ("en", "shelters for displaced communities"),
    ("en", "commun"),
    ("fr", "education"),
    ("fr", "éducation"),
    ("fr", "acces enfant"),
    ("fr", "d'éducation"),
    ("fr", "l’enfant déplacé"),
    ("fr", "edu"),
]


@pytest.mark.parametrize(("language", "query"), QUERIES)
def test_page_is_found_by_other_forms_of_its_words(editing: Editing, language: str, query: str) -> None:
    page = make_page(StandardPage, language, title=PAGES[language], live=False)
    assert page.title in found(editing, query)


def test_words_that_no_page_has_find_none(editing: Editing) -> None:
    make_page(StandardPage, "en", title=PAGES["en"], live=False)
    assert found(editing, "shelters of astronauts") == []


@pytest.mark.parametrize(
    "query", ["shelter", '"shelter of a displaced"', "'shelter'", "shelter live:false", '"unsaid" b"']
)
def test_quotation_marks_and_filters_are_understood(editing: Editing, query: str) -> None:
    page = make_page(StandardPage, "en", title=PAGES["en"], live=False)
    assert (page.title in found(editing, query)) == ("shelter" in query)


@pytest.mark.parametrize("query", ["harbour boat", "boats", "picture harb", "قوارب", "القارب"])
def test_picture_and_file_are_found_by_title(editing: Editing, query: str) -> None:
    title = "A picture of boats in the harbours, القوارب"
    image, document = make_image(title), make_document(title)
    images = editing.client.get(reverse("wagtailimages:index"), {"q": query})
    documents = editing.client.get(reverse("wagtaildocs:index"), {"q": query})
    assert image in list(images.context["object_list"])
    assert document in list(documents.context["object_list"])


def test_choosers_search_too(editing: Editing) -> None:
    page = make_page(NewsPage, "fr", title=PAGES["fr"])
    image = make_image("Des écoles rénovées")
    pages = editing.get(reverse("wagtailadmin_choose_page_search"), {"q": "enfant deplace"})
    images = editing.get(reverse("wagtailimages_chooser:choose_results"), {"q": "ecole renovee"})
    assert page.title in pages
    assert image.title in images


def test_search_below_a_section_follows_moved_pages(editing: Editing) -> None:
    old, new = (make_page(SectionPage, "en", title=title) for title in ("Old section", "New section"))
    page = make_page(StandardPage, "en", parent=old, title=PAGES["en"])
    page.move(new, pos="last-child")
    backend = get_search_backend()
    below = Page.objects.descendant_of(Page.objects.get(pk=new.pk))
    assert titles(backend.autocomplete("reports", below)) == [page.title]
    assert titles(backend.autocomplete("reports", Page.objects.descendant_of(Page.objects.get(pk=old.pk)))) == []


def test_changed_and_deleted_pages_follow(editing: Editing) -> None:
    page = editing.create(StandardPage, parent_of_new(StandardPage, "en"), title="Harbourage")
    assert found(editing, "harbourage") == ["Harbourage"]
    page = editing.change(page, publish=True, title="Breakwaters")
    assert found(editing, "harbourage") == []
    assert found(editing, "breakwater") == ["Breakwaters"]
    editing.delete(page)
    assert found(editing, "breakwater") == []


def test_query_classes_keep_their_meaning() -> None:
    one = make_page(StandardPage, "en", title="Zyxwv water in reports of health")
    two = make_page(StandardPage, "en", title="Zyxwv report concerning water")
    backend = get_search_backend()

    def answer(query: object, objects: Any = Page, **options: Any) -> set[str]:
        return set(titles(backend.search(query, objects, **options)))

    assert answer("zyxwv") == {one.title, two.title}
    assert {one.title, two.title} <= answer(PlainText("zyxwv concerning", operator="or"))
    assert answer(Phrase("report concerning water")) == {two.title}
    assert answer(PlainText("zyxwv") & Not(PlainText("concerning"))) == {one.title}
    assert answer("report", Page.objects.filter(pk=two.pk), fields=["title"]) == {two.title}
    assert one.title not in answer(Not(PlainText("zyxwv")))


def test_all_that_was_found_can_be_chosen_for_an_action(editing: Editing) -> None:
    pages = [make_page(StandardPage, "en", title=f"{PAGES['en']} {number}") for number in range(25)]
    image = make_image("Boats")
    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    answer = editing.get(action, {"id": "all", "q": "shelters", "next": "/admin/"})
    assert all(page.title in answer for page in pages)
    action = reverse("wagtail_bulk_action", args=["core", "contentimage", "delete"])
    assert image.title in editing.get(action, {"id": "all", "q": "boat", "next": "/admin/"})


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_search_pages_open_in_every_language_of_the_admin(editing: Editing, language: str) -> None:
    editing.prefer(language)
    make_page(StandardPage, "en", title=PAGES["en"])
    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        assert f'lang="{language}"' in editing.get(reverse(name), {"q": "reports"})
    home = the_page(StandardPage, "en").get_parent()
    listing = editing.client.get(reverse("wagtailadmin_explore", args=[home.pk]), {"q": "reports"})
    assert PAGES["en"] in titles(listing.context["object_list"])
    assert PAGES["en"] in found(editing, "reports", ordering="title")


def test_pages_of_a_release_without_word_forms_are_found_by_them_after_update_index(editing: Editing) -> None:
    page = make_page(StandardPage, "en", title=PAGES["en"])
    IndexEntry.objects.all().delete()
    assert found(editing, "shelters") == []
    call_command("update_index", verbosity=0)
    assert page.title in found(editing, "shelters")


@pytest.mark.parametrize(
    "query", ['say "boats"', '"', '""', "l'eau", "50 % \\ ' --", 'a" OR "b', "NEAR(a b)", "\u202eboats", "a*", "col:on"]
)
def test_database_takes_whatever_is_typed(editing: Editing, query: str) -> None:
    make_image('Say "boats"')

    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        editing.get(reverse(name), {"q": query})
    assert 'Say "boats"' in titles(get_search_backend().autocomplete('say "boats"', type(make_image())))
    assert titles(get_search_backend().search('"', Page)) == []


@pytest.mark.parametrize("model", get_indexed_models())
def test_wagtails_own_elasticsearch_backend_can_index_every_model(model: type[Model]) -> None:
    """`make relevance` compares with it."""
    assert ElasticsearchBaseMapping(model).get_mapping()
