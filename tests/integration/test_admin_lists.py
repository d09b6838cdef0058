"""Lists of pages in the admin cost the same for many rows as for few, and offer to translate what lacks a language."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.models import HomePage, StandardPage
from tests.editing import Editing, edit_address
from tests.factories import make_page, the_page

pytestmark = pytest.mark.django_db

# Six types of pages stand below a home page, with a query for each.
MOST_QUERIES = 50


def address_of_list(page: HomePage) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])


def queries_of(editing: Editing, address: str) -> int:
    editing.get(address)
    with CaptureQueriesContext(connection) as asked:
        editing.get(address)
    return len(asked)


def test_list_of_pages_asks_the_same_for_many_rows_as_for_few(editing: Editing) -> None:
    home = the_page(HomePage, "ar")
    make_page(StandardPage, "ar", parent=home)
    few = queries_of(editing, address_of_list(home))
    for _ in range(15):
        make_page(StandardPage, "ar", parent=home)
    assert queries_of(editing, address_of_list(home)) == few
    assert few <= MOST_QUERIES


def test_page_that_lacks_a_language_is_offered_for_translation(editing: Editing) -> None:
    home = the_page(HomePage, "ar")
    lacking = make_page(StandardPage, "ar", parent=home)
    whole = make_page(StandardPage, "ar", parent=home)
    editing.translate(whole, "en", "fr")
    offers = {page.pk: reverse("wagtail_localize:submit_page_translation", args=[page.pk]) for page in (lacking, whole)}
    shown = editing.get(address_of_list(home))
    assert (offers[lacking.pk] in shown, offers[whole.pk] in shown) == (True, False)
    for page in (lacking, whole):
        assert (offers[page.pk] in editing.get(edit_address(page))) == (page is lacking)


def test_alias_is_offered_for_translation_in_its_list(editing: Editing) -> None:
    source = make_page(StandardPage, "ar")
    alias = source.copy_for_translation(the_page(HomePage, "en").locale, copy_parents=True, alias=True)
    offer = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    assert offer in editing.get(reverse("wagtailadmin_explore", args=[alias.get_parent().pk]))
    assert offer in editing.get(edit_address(source))
