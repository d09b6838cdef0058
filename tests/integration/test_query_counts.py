"""The number of database queries of a page that no cache holds (docs/figures.md)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caching.writes import public_change
from home.models import HomePage, ProgrammePage, StandardPage
from news.models import NewsIndexPage, NewsPage
from press.inquiries.page import InquiryPage
from press.releases.page import PressReleasePage
from press.releases.parts import ReleasePicture
from press.room.page import PressRoomPage
from press.staffing.models.desk import Desk, RoutingRule
from research.models import PublicationPage, ResearchIndexPage
from tests.factories import make_document, make_page
from tests.press_inquiries import address, typed

pytestmark = pytest.mark.django_db


def queries_of(client: Client, address: str, sent: dict[str, str] | None = None, *, status: int = 200) -> int:
    """Return the number of queries of a page, without those whose results a process keeps while nothing is published.

    `sent` is the form data to post to it; `status` is the expected status of the answer.
    """
    if sent is None:
        client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address) if sent is None else client.post(address, sent)
        assert answer.status_code == status
    return len(captured)


@pytest.mark.parametrize(("address", "most"), [("/nowhere/", 3), ("/en/nowhere/", 9)])
def test_an_address_that_does_not_exist_needs_few_queries(client: Client, address: str, most: int) -> None:
    assert queries_of(client, address, status=404) <= most


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize(
    ("model", "most"),
    [
        (HomePage, 9),
        (ProgrammePage, 11),
        (NewsPage, 11),
        (PressReleasePage, 14),
        (PublicationPage, 12),
        (PressRoomPage, 16),
        (InquiryPage, 9),
    ],
)
def test_a_page_needs_few_queries(client: Client, model: type, most: int, language: str) -> None:
    pages = model.objects.filter(locale__language_code=language)  # type: ignore[attr-defined]
    counts = {page.url: queries_of(client, page.url) for page in pages}
    assert max(counts.values()) <= most, counts


@pytest.mark.parametrize(("model", "most"), [(NewsIndexPage, 12), (ResearchIndexPage, 12), (PressRoomPage, 18)])
@pytest.mark.slow
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


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_a_confirmation_needs_few_queries_however_many_desks_there_are(client: Client, language: str) -> None:
    def confirmations() -> tuple[int, int]:
        form = typed(country="LBN")
        return queries_of(client, address(language), form), queries_of(client, address(language), form)

    public_change()  # as the new desks will: while a transaction changes what is public, a process keeps nothing
    client.post(address(language), typed())  # queries whose results a process caches are not counted
    first, again = confirmations()
    # Four of them ask for the salt of the day, which a process remembers outside of the tests.
    assert first <= 34
    assert again <= 21, "the same form once more"
    for number in range(5):
        names = dict.fromkeys(("ar", "en", "fr"), f"Desk {number}")
        desk = Desk.objects.create(names=names, email="desk@example.org", phone=f"+20 2 {number}")
        RoutingRule.objects.create(sort_order=number, country="EGY", desk=desk)
    assert confirmations() == (first, again)


def text_with_links(pages: list[int], documents: list[int]) -> str:
    linked = [("page", number) for number in pages] + [("document", number) for number in documents]
    return "".join(f'<p><a linktype="{kind}" id="{number}">It</a></p>' for kind, number in linked)


def test_publishing_needs_the_same_queries_for_one_link_as_for_many() -> None:
    page = make_page(StandardPage, "en")
    # Some are not public, some are gone, and links to both must not cost more either.
    targets = [make_page(NewsPage, "en", live=bool(number % 2)) for number in range(8)]
    documents = [make_document() for _number in range(4)]
    pages, files = [target.pk for target in targets], [document.pk for document in documents]
    targets[0].delete()
    documents[0].delete()

    def queries_to_publish(pages: list[int], files: list[int]) -> int:
        page.body = [("rich_text", text_with_links(pages, files))]
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as captured:
            revision.publish()
        return sum(
            "wagtailcore_page" in query["sql"] or "document" in query["sql"] for query in captured.captured_queries
        )

    queries_to_publish(pages[1:2], files[1:2])
    few = queries_to_publish(pages[2:3], files[2:3])
    # Wagtail's index of references asks for each link.
    assert queries_to_publish(pages, files) <= few + 2


def test_saving_a_draft_makes_no_document() -> None:
    page = make_page(StandardPage, "en")
    page.title = "A draft"
    with CaptureQueriesContext(connection) as captured:
        page.save_revision()
    assert not [query["sql"] for query in captured.captured_queries if "publishing_" in query["sql"]]
