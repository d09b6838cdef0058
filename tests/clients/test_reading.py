"""Reading with the Python client: its requests, its cache, its waits and its errors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from mena_content import (
    Client,
    ClientError,
    Gone,
    InvalidKey,
    InvalidRequest,
    MemoryCache,
    NotFound,
    RateLimited,
    Retry,
    Unavailable,
)
from mena_content.cache import CachedAnswer
from mena_content.transport import retry_after
from publishing.models import PublishedDocument

from .live import Failure, LiveSite
from .operations import news, rename, rename_section, restrict_section, unpublish

ITEMS = "/api/v1/items"


def news_id() -> str:
    return str(news().translation_key)


def test_all_cards_of_a_language_come_page_after_page(client: Client, live_site: LiveSite) -> None:
    found = {card["content_id"] for card in client.iter_cards(locale="ar", limit=10)}
    published = PublishedDocument.objects.filter(locale="ar", removal="").values_list("content_id", flat=True)
    assert found == set(map(str, published))
    assert live_site.count(path=ITEMS) == -(-len(found) // 10)


def test_filters_of_several_values_and_dates_reach_the_site(client: Client) -> None:
    both = list(client.iter_cards(type=["news", "publication"], published_from="2020-01-01"))
    assert {card["type"] for card in both} == {"news", "publication"}
    assert len(both) == len(list(client.iter_cards(type="news"))) + len(list(client.iter_cards(type="publication")))


def test_type_says_which_keys_an_item_has(client: Client) -> None:
    for item in client.iter_items(type="publication"):
        assert item["type"] == "publication"
        assert item["issued"]
        assert item["files"]


def test_one_page_has_total_and_facets(client: Client) -> None:
    answer = client.list_items(limit=0, facets="type")
    counts = {value["value"]: value["count"] for value in answer["facets"]["type"]["values"]}
    assert sum(counts.values()) == answer["meta"]["total"] > 50


def test_words_find_contents_of_a_language(client: Client) -> None:
    found = client.search(q="remittances", locale="en")
    assert found["meta"]["total"] > 0
    assert all(client.item(str(item["content_id"])) for item in found["items"])


def test_item_in_each_of_its_languages(client: Client) -> None:
    versions = client.translations(news_id())
    assert {item["locale"] for item in versions} == {"ar", "en"}
    for version in versions:
        assert client.item(news_id(), locale=version["locale"]) == version


def test_missing_translation_names_the_languages_that_exist(client: Client) -> None:
    with pytest.raises(NotFound) as caught:
        client.item(news_id(), locale="fr")
    assert caught.value.kind == "translation-missing"
    assert caught.value.problem["available_locales"] == ["ar", "en"]
    item = client.item(news_id(), locale="fr", fallback="en")
    assert (item["locale"], item["requested_locale"], item["is_fallback"]) == ("en", "fr", True)


def test_address_leads_to_its_content_also_after_a_move_and_says_when_it_is_gone(client: Client) -> None:
    address = client.item(news_id())["html_url"]
    assert client.resolve(address)["content_id"] == news_id()
    unpublish()
    with pytest.raises(Gone):
        client.resolve(address)
    with pytest.raises(NotFound):
        client.resolve("/en/never-there/")


def test_restricted_content_looks_as_if_it_had_never_been(client: Client) -> None:
    address = client.item(news_id())["html_url"]
    restrict_section()
    for ask in (lambda: client.item(news_id()), lambda: client.resolve(address)):
        with pytest.raises(NotFound):
            ask()


def test_vocabularies_navigation_and_service_document(client: Client) -> None:
    assert {"ar", "en", "fr"} == set(client.topics()[0]["labels"])
    assert "EGY" in {term["code"] for term in client.countries()}
    assert {term["code"] for term in client.content_types()} >= {"news", "publication"}
    assert client.navigation(locale="ar")["dir"] == "rtl"
    assert client.service()["locales"] == ["ar", "en", "fr"]


def test_what_has_not_changed_is_not_sent_again(client: Client, live_site: LiveSite) -> None:
    first = [client.item(news_id()), client.topics(), client.list_items(type="news")]
    assert [client.item(news_id()), client.topics(), client.list_items(type="news")] == first
    assert (live_site.count(200), live_site.count(304)) == (3, 3)
    rename()
    assert client.item(news_id())["title"] == news().title
    assert (live_site.count(200), live_site.count(304)) == (4, 3)


def test_client_without_cache_never_asks_for_less(live_site: LiveSite) -> None:
    client = Client(live_site.address, cache=None)
    assert client.topics() == client.topics()
    assert live_site.count(304) == 0


def test_cache_keeps_what_was_used_last() -> None:
    cache = MemoryCache(2)
    for address in "aba":
        cache.put(address, CachedAnswer(address, b""))
    cache.get("a")
    cache.put("c", CachedAnswer("c", b""))
    assert [bool(cache.get(address)) for address in "abc"] == [True, False, True]


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Error", "502 Bad Gateway", "503 Busy", "504 Late"])
def test_tries_again_and_waits_longer_each_time(
    status: str, client: Client, live_site: LiveSite, waits: list[float]
) -> None:
    live_site.failures.extend([Failure(status)] * 3)
    assert client.topics()
    assert [0.25 <= waits[0] <= 0.5, 0.5 <= waits[1] <= 1, 1 <= waits[2] <= 2] == [True] * 3


def test_waits_as_long_as_it_is_asked_to(client: Client, live_site: LiveSite, waits: list[float]) -> None:
    live_site.failures.append(Failure(headers=(("Retry-After", "12"),)))
    assert client.topics()
    assert waits == [12]


def test_gives_up_at_once_where_it_would_have_to_wait_too_long(
    client: Client, live_site: LiveSite, waits: list[float]
) -> None:
    live_site.failures.append(Failure("429 Too Many Requests", (("Retry-After", "3600"),)))
    with pytest.raises(RateLimited):
        client.topics()
    assert waits == []


def test_gives_up_after_as_many_attempts_as_were_allowed(client: Client, live_site: LiveSite) -> None:
    live_site.failures.extend([Failure()] * 9)
    with pytest.raises(Unavailable, match=r"answered 503 \(5 of 5 attempts\)"):
        client.topics()
    assert live_site.count(503) == 5


def test_what_is_our_mistake_is_not_tried_again(client: Client, live_site: LiveSite, waits: list[float]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        client.list_items(limit=101)
    assert [error["parameter"] for error in caught.value.problem["errors"]] == ["limit"]
    assert (len(live_site.answered), waits) == (1, [])


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("5", 5), (" 0 ", 0), ("soon", None), ("", None), (None, None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0)],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_retry_after_may_be_a_date_to_come() -> None:
    later = retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True))
    assert later is not None
    assert 25 < later <= 30


def test_says_who_asks_and_sends_the_key(live_site: LiveSite) -> None:
    with pytest.raises(InvalidKey):
        Client(live_site.address, key="never-given", name="news.example").topics()
    headers = live_site.headers[-1]
    assert headers["HTTP_AUTHORIZATION"] == "Bearer never-given"
    assert headers["HTTP_USER_AGENT"].endswith("(news.example)")


def test_redirect_is_refused_so_that_the_key_goes_nowhere_else(live_site: LiveSite) -> None:
    live_site.failures.append(Failure("302 Found", (("Location", "http://127.0.0.1:9/"),)))
    with pytest.raises(ClientError, match="redirects to"):
        Client(live_site.address, key="a-key").topics()


def test_answer_that_is_no_json_says_so(client: Client, live_site: LiveSite) -> None:
    live_site.failures.append(Failure("200 OK", body=b"<html>"))
    with pytest.raises(ClientError, match="is it the address of the site"):
        client.topics()


def test_site_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        Client("http://127.0.0.1:9", retry=Retry(attempts=2, sleep=lambda seconds: None)).topics()


@pytest.mark.parametrize("site", ["www.example.org", "ftp://example.org", "file:///etc/passwd", ""])
def test_address_that_is_none_is_refused_when_the_client_is_made(site: str) -> None:
    with pytest.raises(ValueError, match="begins with https"):
        Client(site)


def test_renamed_section_moves_addresses_and_not_contents(client: Client) -> None:
    before = client.item(news_id())
    rename_section()
    after = client.item(news_id())
    assert after["html_url"] != before["html_url"]
    assert client.resolve(after["html_url"])["content_id"] == news_id()
