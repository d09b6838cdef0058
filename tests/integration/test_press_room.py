"""The press room: spokespeople, pictures and feeds."""

from __future__ import annotations

from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from core.models import Topic
from press.releases.page import PressReleasePage
from press.room.page import PressRoomPage
from press.room.spokesperson import Spokesperson
from tests.factories import make_image, make_page, the_page

pytestmark = pytest.mark.django_db


def room(client: Client, locale: str = "en", **parameters: str) -> Any:
    response = client.get(the_page(PressRoomPage, locale).url, parameters)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def names(page: Any) -> list[str]:
    return [item.text_content().strip() for item in page.xpath("//*[@class='spokesperson__name']")]


def person(name: str, *, topics: list[str] | None = None, **fields: Any) -> Spokesperson:
    texts = {code: f"{name} {code}" for code in ("ar", "en", "fr")}
    made: Spokesperson = Spokesperson.objects.create(names=texts, roles=texts, **{"languages": ["en"], **fields})
    made.topics.set(Topic.objects.filter(slug__in=topics or []))
    return made


@pytest.fixture
def people() -> None:
    Spokesperson.objects.all().delete()
    person("Health", topics=["migration-health"], languages=["en", "fr"], countries=["EGY"], order=1)
    person("Borders", topics=["border-management"], languages=["ar"], countries=["LBY"], order=2)
    person("All", languages=["ar", "en", "fr"], order=3)
    person("Hidden", is_listed=False)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Health", "Borders", "All"]),
        ({"topic": "migration-health"}, ["Health", "All"]),
        ({"language": "ar"}, ["Borders", "All"]),
        ({"country": "LBY"}, ["Borders", "All"]),
        ({"topic": "migration-health", "language": "ar"}, ["All"]),
        ({"topic": "border-management", "country": "LBY", "language": "fr"}, ["All"]),
    ],
)
@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_spokespeople_are_found_by_topic_language_and_country(
    client: Client, language: str, wanted: dict[str, str], found: list[str]
) -> None:
    page = room(client, language, **wanted)
    assert names(page) == [f"{name} {language}" for name in found]
    chosen = [
        option.get("value")
        for option in page.xpath("//form[@class='filters']//option[@selected]")
        if option.get("value")
    ]
    assert sorted(chosen) == sorted(wanted.values())


@pytest.mark.usefixtures("people")
def test_a_choice_that_nobody_is_listed_for_is_explained(client: Client) -> None:
    page = room(client, topic="no-such", language="xx", country="'\"<script>")
    assert len(page.xpath("//*[@class='field__error']")) == 3
    assert names(page) == ["Health en", "Borders en", "All en"]


@pytest.mark.usefixtures("people")
def test_only_what_somebody_is_listed_for_can_be_chosen(client: Client) -> None:
    values = [option.get("value") for option in room(client).xpath("//form[@class='filters']//option")]
    assert values == ["", "border-management", "migration-health", "", "ar", "en", "fr", "", "EGY", "LBY"]


def test_contact_stands_above_everything_else(client: Client) -> None:
    text = client.get(the_page(PressRoomPage, "en").url).content.decode()
    contact = text.index('id="press-contact"')
    assert contact < text.index('id="spokespeople"')
    assert "iommenanews@iom.int" in text[contact : contact + 600]


@pytest.mark.usefixtures("people")
def test_releases_stand_before_the_list_of_people(client: Client) -> None:
    make_page(PressReleasePage, "en", title="What journalists come for")
    text = client.get(the_page(PressRoomPage, "en").url).content.decode()
    assert text.index("What journalists come for") < text.index('class="spokesperson__name"')


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_feed_that_room_and_release_name_holds_releases_of_language_and_topic(
    client: Client, language: str
) -> None:
    release = make_page(PressReleasePage, language, topics=list(Topic.objects.filter(slug="migration-health")))
    for address in (the_page(PressRoomPage, language).url, release.url):
        page = html.fromstring(client.get(address).content.decode())
        links = [
            (link.get("type"), link.get("href"))
            for link in page.xpath("//link[@rel='alternate'][@type]")
            if "press-releases" in link.get("href")
        ]
        assert {kind for kind, _ in links} == {
            "application/atom+xml",
            "application/rss+xml",
            "application/feed+json",
        }
        of_topic = [link for _, link in links if "topic=migration-health" in link]
        assert len(of_topic) == 3
        for kind, link in links:
            response = client.get(link)
            assert (response.status_code, response["Content-Type"]) == (200, kind)
            assert (release.title in response.content.decode()) == (link in of_topic or "topic" not in link)


@pytest.mark.slow
def test_an_rss_feed_is_one_and_leads_to_its_next_page(client: Client) -> None:
    for _ in range(21):
        make_page(PressReleasePage, "ar")
    root = ElementTree.fromstring(client.get("/api/v1/feeds/press-releases.rss?locale=ar").content)
    assert (root.tag, root.findtext("channel/language")) == ("rss", "ar")
    assert len(root.findall("channel/item")) == 20
    guid = root.find("channel/item/guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), (guid.text or "")[:9]) == ("false", "urn:uuid:")
    following = [
        link.get("href") for link in root.iter("{http://www.w3.org/2005/Atom}link") if link.get("rel") == "next"
    ]
    second = ElementTree.fromstring(client.get(str(following[0])).content)
    assert second.findall("channel/item")


def test_a_feed_of_a_topic_that_does_not_exist_is_refused(client: Client) -> None:
    assert client.get("/api/v1/feeds/press-releases.rss?topic=nonsense").status_code == 404


def test_queries_of_the_room_do_not_grow_with_people_and_pictures(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        person(f"Number {number}", topics=["migration-health"], picture=make_image())
    room(client)  # draws the pictures
    with django_assert_num_queries(19):
        room(client)


def test_editors_list_spokespeople(editor_client: Client) -> None:
    fields = {f"{what}_{code}": "Somebody" for what in ("name", "role") for code in ("ar", "en", "fr")}
    address = "/admin/snippets/press/spokesperson/add/"
    assert editor_client.get(address).status_code == 200
    data = {**fields, "languages": ["ar", "fr"], "order": "1", "is_listed": "on", "countries": ["EGY"]}
    assert editor_client.post(address, data).status_code == 302
    assert Spokesperson.objects.get(texts__language="en", texts__name="Somebody").languages == ["ar", "fr"]
    refused = editor_client.post(address, {**data, "languages": ["xx"]})
    assert refused.status_code == 200
