"""The admin's search, as an editor uses it: on Elasticsearch, without it, and while it is away."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from elasticsearch import Elasticsearch
from modelsearch.backends import get_search_backend
from modelsearch.query import Not, Phrase, PlainText
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import Page

from config.settings.cms import search_backends
from home.models import SectionPage, StandardPage
from news.models import NewsPage
from search.backend import client as clients
from search.backend.following import AdminFollower, pending
from search.models import ChangedObject, IndexingTurn
from tests.editing import Editing
from tests.factories import make_document, make_image, make_page, parent_of_new, the_page

URL = os.environ.get("ELASTICSEARCH_URL", "")
elasticsearch = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def prefix(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Indices of the starter and sample content, made as the worker makes them."""
    name = f"test-{uuid4().hex[:8]}"
    with django_db_blocker.unblock(), override_settings(WAGTAILSEARCH_BACKENDS=search_backends(URL, name)):
        AdminFollower()()
        IndexingTurn.objects.all().delete()
    yield name
    with Elasticsearch(URL.split(",")[0]) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{name}-*")))


@pytest.fixture
def follow(db: None, prefix: str, settings: Settings) -> Iterator[AdminFollower]:
    """The admin searches in Elasticsearch; call it to do what the worker does."""
    settings.WAGTAILSEARCH_BACKENDS = search_backends(URL, prefix)
    IndexingTurn.objects.create(pk=1, until="2026-01-01T00:00Z", make_anew=False)
    clients._away_until.clear()
    yield AdminFollower()
    clients._away_until.clear()


@pytest.fixture
def silent_url() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def dead_url() -> str:
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def index(follow: AdminFollower) -> None:
    """Do what the worker does, then let searches see it at once."""
    while follow():
        pass
    get_search_backend().refresh_indexes()


def titles(answer: Any) -> list[str]:
    return [str(item.title) for item in answer]


def found(editing: Editing, query: str, **parameters: str) -> list[str]:
    """The titles that the page search of the admin lists."""
    response = editing.client.get(reverse("wagtailadmin_pages:search"), {"q": query, **parameters})
    assert response.status_code == 200
    return titles(response.context["object_list"])


def in_elasticsearch(query: object, objects: Any = Page, **options: Any) -> list[str]:
    """What Elasticsearch itself finds, the database not standing in for it."""
    return titles(get_search_backend(FALLBACK="").search(query, objects, **options))


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


@elasticsearch
@pytest.mark.parametrize(("language", "query"), QUERIES)
def test_page_is_found_by_other_forms_of_its_words(
    follow: AdminFollower, editing: Editing, language: str, query: str
) -> None:
    page = make_page(StandardPage, language, title=PAGES[language], live=False)
    index(follow)

    assert page.title in found(editing, query)


@elasticsearch
@pytest.mark.parametrize(
    "query", ["shelter", '"shelter of a displaced"', "'shelter'", "shelter live:false", '"unsaid" b"']
)
def test_quotation_marks_and_filters_are_understood(follow: AdminFollower, editing: Editing, query: str) -> None:
    page = make_page(StandardPage, "en", title=PAGES["en"], live=False)
    index(follow)

    assert (page.title in found(editing, query)) == ("shelter" in query)
    assert found(editing, '"'), "nothing is asked for: everything is listed"


@elasticsearch
@pytest.mark.parametrize("query", ["harbour boat", "boats", "picture harb", "قوارب", "القارب"])
def test_picture_and_file_are_found_by_title(follow: AdminFollower, editing: Editing, query: str) -> None:
    title = "A picture of boats in the harbours, القوارب"
    image, document = make_image(title), make_document(title)
    index(follow)

    images = editing.client.get(reverse("wagtailimages:index"), {"q": query})
    documents = editing.client.get(reverse("wagtaildocs:index"), {"q": query})

    assert image in list(images.context["object_list"])
    assert document in list(documents.context["object_list"])


@elasticsearch
def test_choosers_search_too(follow: AdminFollower, editing: Editing) -> None:
    page = make_page(NewsPage, "fr", title=PAGES["fr"])
    image = make_image("Des écoles rénovées")
    index(follow)

    pages = editing.get(reverse("wagtailadmin_choose_page_search"), {"q": "enfant deplace"})
    images = editing.get(reverse("wagtailimages_chooser:choose_results"), {"q": "ecole renovee"})

    assert page.title in pages
    assert image.title in images


@elasticsearch
def test_search_below_a_section_follows_moved_pages(follow: AdminFollower, editing: Editing) -> None:
    old, new = (make_page(SectionPage, "en", title=title) for title in ("Old section", "New section"))
    middle = make_page(SectionPage, "en", parent=the_page(SectionPage, "en"), title="Moved section")
    page = make_page(StandardPage, "en", parent=old, title=PAGES["en"])
    index(follow)

    page.move(new, pos="last-child")
    index(follow)

    below = Page.objects.descendant_of(Page.objects.get(pk=new.pk))
    assert in_elasticsearch("reports", below) == [page.title]
    assert in_elasticsearch("reports", Page.objects.descendant_of(Page.objects.get(pk=old.pk))) == []
    assert middle.pk


@elasticsearch
def test_changed_and_deleted_pages_follow(follow: AdminFollower, editing: Editing) -> None:
    page = editing.create(StandardPage, parent_of_new(StandardPage, "en"), title="Harbourage")
    index(follow)
    assert found(editing, "harbourage") == ["Harbourage"]

    page = editing.change(page, publish=True, title="Breakwaters")
    index(follow)
    assert found(editing, "harbourage") == []
    assert found(editing, "breakwater") == ["Breakwaters"]

    number = page.pk
    editing.delete(page)
    index(follow)
    pages = get_search_backend().get_index_for_model(Page)
    assert not pages.es.exists(index=pages.name, id=str(number))


@elasticsearch
def test_what_is_rolled_back_is_not_written_down(follow: AdminFollower) -> None:
    before = ChangedObject.objects.count()
    with transaction.atomic():
        make_page(StandardPage, "en")
        assert ChangedObject.objects.count() > before
        transaction.set_rollback(True)

    assert ChangedObject.objects.count() == before


@elasticsearch
def test_query_classes_keep_their_meaning(follow: AdminFollower) -> None:
    one = make_page(StandardPage, "en", title="Zyxwv reports of water")
    two = make_page(StandardPage, "en", title="Zyxwv report about water")
    index(follow)

    assert set(in_elasticsearch("zyxwv")) == {one.title, two.title}
    assert set(in_elasticsearch(PlainText("zyxwv report", operator="and"))) == {one.title, two.title}
    assert in_elasticsearch(Phrase("zyxwv report")) == [two.title]
    assert set(in_elasticsearch(PlainText("zyxwv") & Not(Phrase("zyxwv report")))) == {one.title}
    assert in_elasticsearch("reports", Page.objects.filter(pk=two.pk), fields=["title"]) == [two.title]
    assert one.title not in in_elasticsearch(Not(PlainText("zyxwv")))


@elasticsearch
def test_all_that_was_found_can_be_chosen_for_an_action(follow: AdminFollower, editing: Editing) -> None:
    pages = [make_page(StandardPage, "en", title=f"{PAGES['en']} {number}") for number in range(25)]
    image = make_image("Boats")
    index(follow)

    action = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    answer = editing.get(action, {"id": "all", "q": "shelters", "next": "/admin/"})
    assert all(page.title in answer for page in pages)
    action = reverse("wagtail_bulk_action", args=["core", "contentimage", "delete"])
    assert image.title in editing.get(action, {"id": "all", "q": "boat", "next": "/admin/"})


@elasticsearch
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_search_pages_open_in_every_language_of_the_admin(
    follow: AdminFollower, editing: Editing, language: str
) -> None:
    editing.prefer(language)
    make_page(StandardPage, "en", title=PAGES["en"])
    index(follow)

    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        assert f'lang="{language}"' in editing.get(reverse(name), {"q": "reports"})
    home = the_page(StandardPage, "en").get_parent()
    listing = editing.client.get(reverse("wagtailadmin_explore", args=[home.pk]), {"q": "reports"})
    assert PAGES["en"] in titles(listing.context["object_list"])
    sorted_by_title = found(editing, "reports", ordering="title")
    assert PAGES["en"] in sorted_by_title


@elasticsearch
@pytest.mark.parametrize("away", ["dead_url", "silent_url"])
def test_admin_works_while_elasticsearch_is_away_and_the_index_catches_up(
    follow: AdminFollower,
    editing: Editing,
    settings: Settings,
    prefix: str,
    request: pytest.FixtureRequest,
    away: str,
) -> None:
    follow()
    backends = search_backends(request.getfixturevalue(away), prefix)
    settings.WAGTAILSEARCH_BACKENDS = {**backends, "default": {**backends["default"], "INDEX_TIMEOUT": 1}}
    parent = parent_of_new(StandardPage, "fr")
    form = editing.new_form(StandardPage, parent, {"title": PAGES["fr"], "summary": "Résumé"})
    editing.get(reverse("wagtailadmin_home"))

    began = time.monotonic()
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])
    assert editing.post(address, form).status_code == 302
    saved = time.monotonic()
    assert saved - began < 2
    assert found(editing, "éducation") == [PAGES["fr"]]
    assert time.monotonic() - saved < 2.5
    began = time.monotonic()
    assert found(editing, '"éducation des enfants"') == [PAGES["fr"]]
    assert time.monotonic() - began < 1
    with pytest.raises(Exception, match="Connection"):
        follow()

    settings.WAGTAILSEARCH_BACKENDS = search_backends(URL, prefix)
    index(follow)
    assert in_elasticsearch("educations") == [PAGES["fr"]]


@elasticsearch
def test_missing_and_older_indices_are_made_anew(follow: AdminFollower, editing: Editing) -> None:
    page = make_page(StandardPage, "en", title=PAGES["en"])
    index(follow)
    pages = get_search_backend().get_index_for_model(Page)
    [old] = pages.es.indices.get(index=pages.name)
    pages.es.indices.delete(index=old)
    left_over = f"{pages.name}_abcdefg"
    pages.es.indices.create(index=left_over)
    assert found(editing, "shelter") == [page.title], "the database answers"

    AdminFollower()()
    pages.refresh()
    assert page.title in in_elasticsearch("shelters")
    assert not pages.es.indices.exists(index=left_over)

    [new] = pages.es.indices.get(index=pages.name)
    pages.es.indices.put_mapping(index=new, meta={"version": "of an older release"})
    assert pages.is_current(newest=0.0), "made after the process began: a newer release's"
    assert not pages.is_current(newest=time.time())


@elasticsearch
def test_indices_are_made_anew_after_nobody_wrote_down_changes(follow: AdminFollower, settings: Settings) -> None:
    with_elasticsearch = settings.WAGTAILSEARCH_BACKENDS
    settings.WAGTAILSEARCH_BACKENDS = search_backends("", "")
    AdminFollower()()
    page = make_page(StandardPage, "en", title=PAGES["en"])
    assert not pending().exists()

    settings.WAGTAILSEARCH_BACKENDS = with_elasticsearch
    index(AdminFollower())

    assert page.title in in_elasticsearch("shelters")


@elasticsearch
def test_what_was_indexed_while_an_index_was_made_is_indexed_again(follow: AdminFollower) -> None:
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Page))
    new = rebuilder.start()
    assert new.name != backend.get_index_for_model(Page).name
    page = make_page(StandardPage, "en", title=PAGES["en"])
    index(follow)
    assert not pending().exists()

    rebuilder.finish()

    index(follow)
    assert in_elasticsearch("shelters") == [page.title]
    AdminFollower()()


@elasticsearch
def test_database_answers_where_no_worker_keeps_the_index_up_to_date(follow: AdminFollower, editing: Editing) -> None:
    page = make_page(StandardPage, "en", title=PAGES["en"])
    ChangedObject.objects.update(changed_at=timezone.now() - timedelta(minutes=1))
    assert found(editing, "shelter") == [page.title]

    index(follow)
    assert found(editing, "shelters") == [page.title], "Elasticsearch answers again"

    IndexingTurn.objects.update(make_anew=True)
    assert found(editing, "shelter") == [page.title]
    assert found(editing, "shelters") == []


@elasticsearch
def test_workers_take_turns(follow: AdminFollower) -> None:
    make_page(StandardPage, "en")
    other = AdminFollower()
    assert other._take_turn()

    assert follow() == 0
    assert pending().exists()


@pytest.mark.parametrize(
    "query", ['say "boats"', '"', '""', "l'eau", "50 % \\ ' --", 'a" OR "b', "NEAR(a b)", "\u202eboats", "a*", "col:on"]
)
def test_database_takes_whatever_is_typed(editing: Editing, query: str) -> None:
    make_image('Say "boats"')

    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        editing.get(reverse(name), {"q": query})
    assert 'Say "boats"' in titles(get_search_backend().autocomplete('say "boats"', type(make_image())))
    assert titles(get_search_backend().search('"', Page)) == []
