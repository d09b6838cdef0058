"""The page of an area leads to all contents about it, and never to an empty list."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from core.models import Topic
from home.models import ProgrammePage
from news.models import NewsPage
from research.models import PublicationPage
from tests.factories import make_page

pytestmark = pytest.mark.django_db
every_language = pytest.mark.parametrize("language", ["ar", "en", "fr"])


def lists_of(client: Client, page: ProgrammePage) -> list[str]:
    """Return the addresses of the lists, filtered by topic, that the page of an area links to."""
    found = html.fromstring(client.get(page.url).content.decode()).xpath("//main//a/@href")
    return [address for address in found if "?topic=" in address]


def rows(client: Client, address: str) -> list[str]:
    page = html.fromstring(client.get(address).content.decode())
    return [str(link) for link in page.xpath("//main//h2//a/@href | //main//h3//a/@href")]


@every_language
def test_no_area_leads_to_an_empty_list(client: Client, language: str) -> None:
    for page in ProgrammePage.objects.live().filter(locale__language_code=language):
        for address in lists_of(client, page):
            assert rows(client, address), f"{page.url} leads to {address}"


@every_language
@pytest.mark.slow
def test_what_is_on_any_topic_of_an_area_is_shown_and_listed(client: Client, language: str) -> None:
    """Contents on any of its topics count, not only those on the first topic in alphabetical order."""
    topics = [Topic.objects.get(slug=slug) for slug in ("counter-trafficking", "migrant-assistance")]
    area = ProgrammePage.objects.live().get(locale__language_code=language, topics=topics[0])
    for model in (NewsPage, PublicationPage):
        model.objects.filter(topics__in=topics).delete()
    assert lists_of(client, area) == []
    made = [make_page(model, language, title=f"On {model.__name__}") for model in (NewsPage, PublicationPage)]
    for each in made:
        each.topics.set([topics[1]])
        each.save()
    text = client.get(area.url).content.decode()
    for each in made:
        assert each.url in text
    lists = lists_of(client, area)
    assert len(lists) == 2
    assert all(address.endswith("?topic=migrant-assistance") for address in lists)
    assert {each.url for each in made} <= {listed for address in lists for listed in rows(client, address)}
