"""How often a page asks the database, with nothing cached. Cost is the number of queries (docs/figures.md)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, ProgrammePage
from news.models import NewsIndexPage, NewsPage
from press.models import PressReleasePage, PressRoomPage, ReleasePicture
from research.models import PublicationPage, ResearchIndexPage

pytestmark = pytest.mark.django_db


def queries_of(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize(
    ("model", "most"),
    [(HomePage, 12), (ProgrammePage, 12), (NewsPage, 12), (PressReleasePage, 15), (PublicationPage, 15)],
)
def test_a_page_needs_few_queries(client: Client, model: type, most: int, language: str) -> None:
    pages = model.objects.filter(locale__language_code=language)  # type: ignore[attr-defined]
    counts = {page.url: queries_of(client, page.url) for page in pages}
    assert max(counts.values()) <= most, counts


@pytest.mark.parametrize(("model", "most"), [(NewsIndexPage, 12), (ResearchIndexPage, 12), (PressRoomPage, 18)])
def test_a_list_needs_the_same_queries_for_one_item_as_for_many(client: Client, model: type, most: int) -> None:
    # The pictures of the press room are counted elsewhere: they are those of some of its releases.
    ReleasePicture.objects.all().delete()
    index = model.objects.get(locale__language_code="en")  # type: ignore[attr-defined]
    many = queries_of(client, index.url)
    children = list(index.get_children().type(NewsPage, PublicationPage, PressReleasePage))
    assert len(children) > 2
    for child in children[1:]:
        child.specific.unpublish()
    assert queries_of(client, index.url) == many <= most
