"""Short addresses lead to contents that the public may read, and reveal nothing about others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html
from wagtail.models import Page, PageViewRestriction

from core.languages.declared import LANGUAGE_CODES
from core.pages.routing import content_of_short_code, short_code
from news.models import NewsPage
from tests.factories import make_page, the_page

pytestmark = pytest.mark.django_db
in_every_language = pytest.mark.parametrize("language", LANGUAGE_CODES)


def short(page: Page, language: str = "en") -> str:
    return f"/{language}/p/{short_code(page.translation_key)}"


def told(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, dict(response.headers)


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


@in_every_language
def test_short_address_leads_to_the_page_in_its_language_with_the_query(client: Client, language: str) -> None:
    page = the_page(NewsPage, language)
    for slash in ("", "/"):
        response = client.get(f"{short(page, language)}{slash}?utm=a&b=%D8%A3")
        assert response.status_code == 302
        assert response["Location"] == f"{page.url}?utm=a&b=%D8%A3"
    assert (
        client.get(short(page, language).upper().replace(f"/{language.upper()}/P/", f"/{language}/p/"))["Location"]
        == page.url
    )


@in_every_language
def test_page_offers_its_short_address_and_shares_it(client: Client, language: str) -> None:
    page = the_page(NewsPage, language)
    share = html.fromstring(client.get(page.url).content).xpath("//section[@class='share']")[0]
    address = share.xpath("string(.//*[@class='share__address'])")
    assert address == f"http://testserver{short(page, language)}"
    links = share.xpath(".//a/@href")
    assert len(links) == 5
    assert all(address.replace(":", "%3A").replace("/", "%2F") in link for link in links)
    assert share.xpath(".//li[@hidden]/button/@data-share") == [address], "shown by the script alone"


def test_language_that_a_content_lacks_is_told(client: Client) -> None:
    page = make_page(NewsPage, "en", translation_key=uuid4())
    response = client.get(short(page, "fr"))
    assert response.status_code == 200
    document = html.fromstring(response.content)
    assert document.get("lang") == "fr"
    assert document.xpath("//main//a[@hreflang='en']/@href") == [page.url]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("hide", [restrict, expire, lambda page: page.unpublish(), lambda page: page.delete()])
def test_what_the_public_may_not_read_is_answered_as_what_never_was(
    client: Client, hide: Callable[[Any], None]
) -> None:
    page = make_page(NewsPage, "en", translation_key=uuid4())
    address = short(page)
    assert client.get(address).status_code == 302
    hide(NewsPage.objects.get(pk=page.pk))
    never = f"/en/p/{short_code(uuid4())}"
    assert told(client.get(address)) == told(client.get(never))
    assert client.get(address).status_code == 404


def test_draft_is_answered_as_what_never_was(client: Client) -> None:
    page = make_page(NewsPage, "en", translation_key=uuid4(), live=False)
    assert told(client.get(short(page))) == told(client.get(f"/en/p/{short_code(uuid4())}"))


@pytest.mark.parametrize(
    "code", ["", "0", "0" * 11, "0" * 13, "g" * 12, "0" * 11 + "-", "٠" * 12, "0" * 32, "0" * 12 + "/x"]
)
def test_malformed_address_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/en/p/{code}", follow=True).status_code == 404


def test_older_of_two_contents_with_the_same_code_is_meant() -> None:
    first, second = (UUID(int=(0xABCDEF << 104) + end) for end in (9, 3))
    assert short_code(first) == short_code(second)
    for content in (first, second):
        make_page(NewsPage, "en", translation_key=content)
    assert content_of_short_code(short_code(first)) == first


def test_ends_of_the_range_belong_to_it() -> None:
    code = "0123456789ab"
    lowest, highest = UUID(code + "0" * 20), UUID(code + "f" * 20)
    for content in (lowest, highest):
        page = make_page(NewsPage, "en", translation_key=content)
        assert content_of_short_code(code) == content
        page.delete()
    make_page(NewsPage, "en", translation_key=UUID(int=highest.int + 1))
    make_page(NewsPage, "en", translation_key=UUID(int=lowest.int - 1))
    assert content_of_short_code(code) is None


def test_contents_are_found_by_an_index() -> None:
    """PostgreSQL would scan a table as small as that of the tests, so sequential scans are switched off."""
    with CaptureQueriesContext(connection) as asked:
        content_of_short_code("0" * 12)
    (query,) = [entry["sql"] for entry in asked]
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} {query}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert re.search(r"SEARCH .* USING INDEX|Index Cond", plan), plan
