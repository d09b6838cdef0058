"""Lists: filters, order, cursors, fallback, facets, search. Facet counts are compared with the filtered lists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.db.models import Max
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale

from news.models import NewsIndexPage, NewsPage
from publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "", path: str = "items") -> list[dict[str, Any]]:
    """Return all items of a list, read page by page."""
    found: list[dict[str, Any]] = []
    address: str | None = f"/api/v1/{path}?{query}"
    while address:
        body = client.get(address).json()
        found += body["items"]
        address = body["links"]["next"]
    return found


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["content_id"] for item in items]


def codes(item: dict[str, Any], name: str) -> set[str]:
    return {label["code"] for label in item[name]}


@pytest.fixture
def many_of_one_day(db: None) -> list[str]:
    """Twelve news items with the same date and title, which only their ids distinguish."""
    index = NewsIndexPage.objects.get(locale__language_code="en")
    for number in range(12):
        page = NewsPage(title="Zyzzyva", slug=f"same-{number}", date=date(2026, 3, 1), locale=index.locale)
        index.add_child(instance=page)
    return [str(key) for key in NewsPage.objects.filter(title="Zyzzyva").values_list("translation_key", flat=True)]


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "-updated_at", "title"])
@pytest.mark.parametrize("limit", [1, 5, 100])
@pytest.mark.slow
def test_pages_hold_every_item_once_under_ties(
    client: Client, many_of_one_day: list[str], sort: str, limit: int
) -> None:
    found = ids(listed(client, f"sort={sort}&limit={limit}", "news"))
    assert len(found) == len(set(found))
    assert set(found) == set(ids(listed(client, "limit=100", "news"))) >= set(many_of_one_day)


@pytest.mark.parametrize(
    ("sort", "key"), [("title", "title"), ("published_at", "published_at"), ("-updated_at", "seq")]
)
def test_lists_are_in_the_order_asked_for(client: Client, sort: str, key: str) -> None:
    values = [item[key] for item in listed(client, f"sort={sort}&limit=100", "publications")]
    if key == "seq":
        values.reverse()
    if key != "title":  # each database has its own collation
        assert values == sorted(values)
    assert len(values) > 3


@pytest.mark.parametrize("sort", ["-published_at", "published_at", "title"])
@pytest.mark.slow
def test_a_walk_misses_and_repeats_nothing_while_content_comes_and_goes(
    client: Client, many_of_one_day: list[str], sort: str
) -> None:
    before = set(ids(listed(client, "limit=100", "news")))
    first = client.get(f"/api/v1/news?sort={sort}&limit=4").json()
    last_shown = first["items"][-1]["content_id"]
    gone = NewsPage.objects.get(translation_key=last_shown, locale__language_code="en")
    gone.unpublish()
    new = NewsPage(title="A", slug="brand-new", date=date(2026, 3, 1), locale=gone.locale)
    gone.get_parent().add_child(instance=new)
    rest = ids(listed(client, first["links"]["next"].partition("?")[2], "news"))
    walked = ids(first["items"]) + rest
    assert len(walked) == len(set(walked))
    assert before - {last_shown} <= set(walked)


def test_a_document_without_a_date_is_last_and_not_lost(client: Client) -> None:
    PublishedDocument.objects.filter(locale="en", type="page").update(published_at=None)
    for sort in ("-published_at", "published_at"):
        found = listed(client, f"sort={sort}&limit=7")
        assert len(ids(found)) == len(set(ids(found))) == client.get("/api/v1/items?limit=0").json()["meta"]["total"]


def test_cursors_and_pages_are_the_same_text_each_time(client: Client) -> None:
    assert client.get("/api/v1/items?limit=3").content == client.get("/api/v1/items?limit=3").content


def test_links_lead_to_the_pages(client: Client) -> None:
    response = client.get("/api/v1/news?limit=2&locale=ar")
    links = response.json()["links"]
    assert links["self"] == links["first"] == "http://testserver/api/v1/news?limit=2&locale=ar"
    assert f'<{links["next"]}>; rel="next"' in response["Link"]
    second = client.get(links["next"]).json()
    assert second["links"]["first"] == links["first"]
    assert not set(ids(second["items"])) & set(ids(response.json()["items"]))


def test_values_mean_any_minus_means_none_and_fields_are_combined(client: Client) -> None:
    everything = listed(client, "limit=100")
    topics = Counter(code for item in everything for code in codes(item, "topics"))
    one, two = [code for code, _ in topics.most_common(2)]
    expected = {item["content_id"] for item in everything if codes(item, "topics") & {one, two}}
    assert (
        set(ids(listed(client, f"topic={one},{two}")))
        == set(ids(listed(client, f"topic={one}&topic={two}")))
        == expected
    )
    without = {item["content_id"] for item in everything if one not in codes(item, "topics")}
    assert set(ids(listed(client, f"topic=-{one}"))) == without
    none = {item["content_id"] for item in everything if not item["countries"]}
    assert set(ids(listed(client, "country=_none"))) == none
    country = next(iter(codes(next(item for item in everything if item["countries"]), "countries")))
    both = {
        item["content_id"]
        for item in everything
        if one in codes(item, "topics") and (country in codes(item, "countries") or not item["countries"])
    }
    assert set(ids(listed(client, f"topic={one}&country={country},_none"))) == both
    assert {item["type"] for item in listed(client, "type=-page,-news")} == {
        "press_release",
        "publication",
        "programme",
        "event",
    }


def test_days_are_days_of_the_office(client: Client, settings: LazySettings) -> None:
    day = listed(client, "limit=1", "news")[0]["date"]
    found = listed(client, f"published_from={day}&published_to={day}", "news")
    assert found
    assert {item["date"] for item in found} == {day}
    assert listed(client, "published_from=2999-01-01", "news") == []


@pytest.mark.parametrize(
    "query", ["", "topic=migration-health", "country=EGY", "type=news", "year=2026", "published_from=2026-01-01"]
)
@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_a_facet_counts_what_a_filtered_list_returns_without_its_own_filter(
    client: Client, query: str, locale: str
) -> None:
    own = query.partition("=")[0]
    facets = client.get(
        f"/api/v1/items?locale={locale}&{query}&limit=0&facets=country:99,topic:99,type,year:99"
    ).json()["facets"]
    assert set(facets) == {"country", "topic", "type", "year"}
    for name, facet in facets.items():
        others = "" if name == own else query
        for value in facet["values"]:
            total = client.get(f"/api/v1/items?locale={locale}&{others}&{name}={value['value']}&limit=0").json()[
                "meta"
            ]["total"]
            assert value["count"] == total, (name, value)
            assert value["label"]
            assert value["selected"] == (query == f"{name}={value['value']}")
        if name in ("country", "topic"):
            total = client.get(f"/api/v1/items?locale={locale}&{others}&{name}=_none&limit=0").json()["meta"]["total"]
            assert facet["missing"] == total


def test_a_selected_value_is_shown_at_zero_and_beyond_the_size(client: Client) -> None:
    facet = client.get("/api/v1/items?limit=0&country=NZL&facets=country:1").json()["facets"]["country"]
    chosen = [value for value in facet["values"] if value["selected"]]
    assert chosen == [{"value": "NZL", "label": "New Zealand", "count": 0, "selected": True}]
    assert len(facet["values"]) == 2


def test_labels_are_in_the_language_asked_for(client: Client) -> None:
    facets = client.get("/api/v1/items?locale=ar&limit=0&facets=type,country:1,topic:1").json()["facets"]
    for facet in facets.values():
        assert any("\u0600" <= letter <= "\u06ff" for letter in facet["values"][0]["label"])


def test_fields_leaves_only_what_was_asked_for(client: Client) -> None:
    items = listed(client, "fields=content_id,title&limit=100")
    assert {tuple(item) for item in items} == {("content_id", "title")}


def test_view_full_holds_the_text(client: Client) -> None:
    assert all("body_html" in item for item in listed(client, "view=full", "news"))
    assert all("body_html" not in item for item in listed(client, "", "news"))


def test_fallback_fills_what_a_language_lacks_and_says_so(client: Client) -> None:
    own, english = listed(client, "locale=ar&limit=100"), listed(client, "locale=en&limit=100")
    mixed = listed(client, "locale=ar&fallback=en&limit=7")
    assert len(ids(mixed)) == len(set(ids(mixed)))
    assert set(ids(mixed)) == set(ids(own)) | set(ids(english))
    assert len(mixed) > len(own)
    for item in mixed:
        assert item["requested_locale"] == "ar"
        assert item["is_fallback"] == (item["content_id"] not in ids(own)) == (item["locale"] == "en")
    assert client.get("/api/v1/items?locale=ar&fallback=en")["Content-Language"] == "ar, en"


def test_an_item_is_answered_in_another_language_only_on_request(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="en", slug="sample-documents-to-carry").get()
    missing = client.get(f"/api/v1/items/{page.translation_key}?locale=fr")
    assert (missing.status_code, missing.json()["available_locales"]) == (404, ["ar", "en"])
    other = client.get(f"/api/v1/items/{page.translation_key}?locale=fr&fallback=ar")
    body = other.json()
    assert (body["locale"], body["requested_locale"], body["is_fallback"], body["dir"]) == ("ar", "fr", True, "rtl")
    assert other["Content-Language"] == "ar"
    here = client.get(f"/api/v1/items/{page.translation_key}?locale=en&fallback=ar").json()
    assert (here["locale"], here["is_fallback"]) == ("en", False)


@pytest.mark.slow
def test_translation_status_says_whether_the_source_says_something_else(client: Client) -> None:
    page = NewsPage.objects.filter(locale__language_code="en", slug="sample-documents-to-carry").get()
    arabic = page.get_translation(Locale.objects.get(language_code="ar"))
    source, translation = (page, arabic) if page.source_language == "en" else (arabic, page)

    def statuses() -> dict[str, str]:
        items = client.get(f"/api/v1/items/{page.translation_key}/translations").json()["items"]
        return {item["locale"]: item["translation_status"] for item in items}

    source.save_revision().publish()
    assert statuses() == {source.locale.language_code: "source", translation.locale.language_code: "current"}
    source.title = "Another title"
    source.save_revision().publish()
    assert statuses() == {source.locale.language_code: "source", translation.locale.language_code: "outdated"}
    translation.save_revision().publish()
    assert statuses() == {source.locale.language_code: "source", translation.locale.language_code: "current"}


@pytest.mark.parametrize("sort", ["relevance", "-published_at", "title"])
@pytest.mark.slow
def test_search_pages_hold_every_result_once(client: Client, many_of_one_day: list[str], sort: str) -> None:
    found = listed(client, f"q=zyzzyva&sort={sort}&limit=5", "search")
    assert sorted(ids(found)) == sorted(many_of_one_day)


@pytest.mark.slow
def test_a_search_by_body_answers_as_one_by_address(client: Client, many_of_one_day: list[str]) -> None:
    body = {"q": "zyzzyva", "limit": 5, "facets": "type", "type": ["news"], "sort": "title"}
    answers = [client.post("/api/v1/search", body, content_type="application/json").json()]
    address = "/api/v1/search?q=zyzzyva&limit=5&facets=type&type=news&sort=title"
    by_address = client.get(address).json()
    assert {**answers[0], "links": None} == {**by_address, "links": None}
    while cursor := answers[-1]["meta"]["next_cursor"]:
        again = client.post("/api/v1/search", {**body, "cursor": cursor}, content_type="application/json")
        assert again["Cache-Control"] == "no-store"
        answers.append(again.json())
    assert sorted(identity for answer in answers for identity in ids(answer["items"])) == sorted(many_of_one_day)


def test_service_document_says_how_far_the_changes_are(client: Client) -> None:
    newest = PublishedDocument.objects.aggregate(seq=Max("seq"))["seq"]
    body = client.get("/api/v1/").json()
    assert body["as_of_seq"] == newest
    for address in body["links"].values():
        response = client.get(address, {"q": "x"} if address.endswith("/search") else {})
        assert response.status_code == 200


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_item_links_to_all_its_languages_and_back(client: Client, language: str) -> None:
    for card in listed(client, f"locale={language}&limit=100&view=full"):
        for alternate in card["alternates"]:
            other = client.get(alternate["api_url"]).json()
            assert other["html_url"] == alternate["html_url"]
            assert card["html_url"] in [item["html_url"] for item in other["alternates"]]


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_every_address_of_the_site_resolves_to_its_content(client: Client, language: str) -> None:
    for item in listed(client, f"locale={language}&limit=100"):
        for url in (item["html_url"], item["html_url"].removeprefix("http://testserver").rstrip("/") or "/"):
            found = client.get("/api/v1/resolve", {"url": url}).json()
            assert (found["status"], found["content_id"], found["locale"]) == ("found", item["content_id"], language)


def test_a_renamed_page_is_found_at_its_old_address_and_a_gone_one_is_410(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = NewsPage.objects.filter(locale__language_code="en", slug="sample-documents-to-carry").get()
    old = page.url
    page.slug = "another-name"
    # Wagtail creates the redirect when the change is committed.
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    page = NewsPage.objects.get(pk=page.pk)
    found = client.get("/api/v1/resolve", {"url": old}).json()
    assert (found["status"], found["html_url"]) == ("moved", f"http://testserver{page.url}")
    page.unpublish()
    assert client.get("/api/v1/resolve", {"url": page.url}).status_code == 410
