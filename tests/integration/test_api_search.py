"""Search in the API: its results, and how they are marked, filtered, counted and paged."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import NewsPage
from publishing.models import PublishedDocument
from research.models import PublicationPage
from tests.integration.test_api_lists import ids, listed

pytestmark = pytest.mark.django_db


def search(client: Client, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/api/v1/search?{query}").json()
    return answer


def found(client: Client, query: str) -> set[str]:
    return set(ids(listed(client, f"limit=100&{query}", "search")))


@pytest.fixture
def quokkas(db: None) -> Any:
    """News in Arabic and English, with a word that occurs only in the English title."""
    page = NewsPage.objects.get(locale__language_code="en", slug="sample-documents-to-carry")
    page.title = "Quokkas of Rottnest"
    page.save_revision().publish()
    return page


def test_what_is_found_is_marked(client: Client, quokkas: Any) -> None:
    answer = search(client, "q=QUOKKA&facets=type")
    assert ids(answer["items"]) == [str(quokkas.translation_key)]
    assert answer["highlights"][0] | {"fragment": ""} == {
        "content_id": str(quokkas.translation_key),
        "title": "<mark>Quokkas</mark> of Rottnest",
        "fragment": "",
        "locale": "en",
    }
    assert (answer["meta"]["total"], answer["meta"]["strong"], answer["meta"]["stage"]) == (1, 1, "words")
    assert answer["facets"]["type"]["values"] == [{"value": "news", "label": "News", "count": 1, "selected": False}]


def test_text_of_a_page_stays_text_in_highlights(client: Client, quokkas: Any) -> None:
    quokkas.title = "Quokkas & <b>wallabies</b>"
    quokkas.save_revision().publish()
    title = search(client, "q=quokka")["highlights"][0]["title"]
    assert title == "<mark>Quokkas</mark> &amp; &lt;b&gt;wallabies&lt;/b&gt;"


def test_content_is_found_by_its_text_in_another_language(client: Client, quokkas: Any) -> None:
    answer = search(client, "q=quokkas&locale=ar")
    assert answer["meta"]["stage"] == "other_language"
    assert [(item["content_id"], item["locale"]) for item in answer["items"]] == [(str(quokkas.translation_key), "ar")]
    assert answer["highlights"][0]["locale"] == "en"
    assert answer["meta"]["elsewhere"]["en"] == 1


def test_fallback_brings_what_exists_in_no_other_language(client: Client, quokkas: Any) -> None:
    assert search(client, "q=quokkas&locale=ar&fallback=en")["meta"]["total"] == 1
    NewsPage.objects.get(translation_key=quokkas.translation_key, locale__language_code="ar").unpublish()
    for sort in ("relevance", "title", "-published_at", "published_at", "-updated_at"):
        answer = search(client, f"q=quokkas&locale=ar&fallback=en&sort={sort}")
        assert [(item["locale"], item["is_fallback"]) for item in answer["items"]] == [("en", True)]
        assert answer["meta"]["total"] == 1


@pytest.mark.parametrize("sort", ["relevance", "title", "-published_at", "published_at", "-updated_at"])
def test_results_of_two_languages_are_paged_without_loss(client: Client, sort: str) -> None:
    for page in NewsPage.objects.filter(locale__language_code="ar")[:8]:
        page.unpublish()
    query = f"q=migration الهجرة&locale=ar&fallback=en&sort={sort}"
    by_threes = ids(listed(client, f"{query}&limit=3", "search"))
    assert len(by_threes) == len(set(by_threes)) == search(client, f"{query}&limit=0")["meta"]["total"]
    assert set(by_threes) == found(client, query)


SEARCHED = [("en", "migration"), ("ar", "الهجرة")]
FILTERS = [
    "type=news",
    "type=-news",
    "type=news,publication",
    "topic=labour-migration",
    "topic=-labour-migration",
    "topic=_none",
    "country=EGY,JOR",
    "country=_none,EGY",
    "country=-EGY",
    "year=2026",
    "year=-2026",
    "published_from=2026-02-01",
    "published_to=2026-02-01",
    "published_from=2026-01-01&published_to=2026-12-31",
    "updated_from=2020-01-01",
    "updated_to=2020-01-01",
    "type=news&country=EGY&topic=-labour-migration",
]


# Each filter in one language in turn: a test of both needs no full matrix, since they are independent.
@pytest.mark.parametrize(
    ("filters", "locale", "words"),
    [(filters, *language) for filters, language in zip(FILTERS, cycle(SEARCHED), strict=False)],
)
def test_filters_are_those_of_lists(client: Client, filters: str, locale: str, words: str) -> None:
    query = f"q={words}&locale={locale}"
    of_list = set(ids(listed(client, f"limit=100&locale={locale}&{filters}")))
    filtered = found(client, f"{query}&{filters}")
    assert filtered == found(client, query) & of_list
    assert search(client, f"{query}&{filters}&limit=0")["meta"]["total"] == len(filtered)


@pytest.mark.parametrize("facet", ["type", "topic", "country", "year"])
def test_facets_count_what_a_filtered_search_finds(client: Client, facet: str) -> None:
    counted = search(client, f"q=migration&limit=0&facets={facet}:99&{facet}={_any(client, facet)}")["facets"][facet]
    assert len(counted["values"]) > 1
    for value in counted["values"]:
        assert len(found(client, f"q=migration&{facet}={value['value']}")) == value["count"]
    if facet in ("topic", "country"):
        assert counted["missing"] == len(found(client, f"q=migration&{facet}=_none"))


def _any(client: Client, facet: str) -> str:
    values = search(client, f"q=migration&facets={facet}")["facets"][facet]["values"]
    return str(values[0]["value"])


def test_contents_of_a_programme_are_found(client: Client) -> None:
    programme = PublishedDocument.objects.filter(type="programme", locale="en").first()
    assert programme is not None
    inside = found(client, f"q=migration&programme={programme.content_id}")
    outside = found(client, f"q=migration&programme=-{programme.content_id}")
    assert inside | outside == found(client, "q=migration")
    assert not inside & outside
    assert client.get("/api/v1/search?q=migration&programme=unknown").status_code == 400


@pytest.mark.parametrize("sort", ["-published_at", "title"])
def test_walk_misses_and_repeats_nothing_while_content_comes_and_goes(client: Client, sort: str) -> None:
    """By relevance the scores of the others depend on what there is."""
    before = found(client, "q=migration")
    first = search(client, f"q=migration&limit=4&sort={sort}")
    gone = first["items"][-1]["content_id"]
    for row in PublishedDocument.objects.filter(content_id=gone, locale="en"):
        NewsPage.objects.filter(translation_key=row.content_id).delete()
    rest = ids(listed(client, first["links"]["next"].partition("?")[2], "search"))
    walked = ids(first["items"]) + rest
    assert len(walked) == len(set(walked))
    assert before <= set(walked)


def test_unchanged_answer_is_304_until_something_in_it_changes(client: Client, quokkas: Any) -> None:
    address = "/api/v1/search?q=quokkas&facets=type"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    quokkas.title = "Quokkas again"
    quokkas.save_revision().publish()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_misspelt_word_is_found_and_corrected(client: Client, quokkas: Any) -> None:
    answer = search(client, "q=rottnesst")
    assert ids(answer["items"]) == [str(quokkas.translation_key)]
    assert (answer["meta"]["stage"], answer["meta"]["did_you_mean"].lower()) == ("fuzzy", "rottnest")


def test_nothing_found_is_an_empty_list(client: Client) -> None:
    answer = search(client, "q=xylophone&facets=type,topic,country,year")
    assert (answer["items"], answer["highlights"], answer["meta"]["total"]) == ([], [], 0)
    assert answer["meta"]["stage"] == "none"


@pytest.mark.parametrize("digits", [str, lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))])
def test_identifier_jumps_to_its_item(client: Client, digits: Any) -> None:
    page = PublicationPage.objects.filter(locale__language_code="en").exclude(isbn="").first()
    assert page is not None
    answer = client.get("/api/v1/search", {"q": digits(page.isbn)}).json()
    assert ids(answer["items"])[:1] == [str(page.translation_key)]


def test_search_needs_few_queries_whatever_its_size(client: Client) -> None:
    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    address = "/api/v1/search?q=migration&facets=type,topic,country,year&limit="
    assert queries(f"{address}50") <= queries(f"{address}2") <= 14


def test_search_says_503_when_no_engine_answers(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_embeddedentry RENAME TO search_away")
    for response in (
        client.get("/api/v1/search?q=news"),
        client.post("/api/v1/search", {"q": "news"}, content_type="application/json"),
        client.get("/api/v1/suggest?q=news"),
    ):
        assert response.status_code == 503
        assert response.json()["type"].endswith("/search-unavailable")
        assert response["Retry-After"] == "60"
    assert client.get("/api/v1/items").status_code == 200
    assert client.get("/en/search/", {"q": "news"}).status_code == 200


def suggested(client: Client, text: str, locale: str = "en") -> list[str]:
    answer = client.get("/api/v1/suggest", {"q": text, "locale": locale}).json()
    return [item["title"] for item in answer["items"]]


def test_suggestions_have_words_that_begin_as_typed(client: Client, quokkas: Any) -> None:
    for typed in ("quok", "QUOKKAS", "rott quok", "quokkas of r"):
        assert suggested(client, typed) == ["Quokkas of Rottnest"], typed
    for typed in ("uokka", "quokkas x", "quok", "?"):
        assert suggested(client, typed, "fr") == []


@pytest.mark.parametrize(("locale", "typed"), [("ar", "هجر"), ("fr", "migr"), ("en", "migr")])
def test_suggestions_are_in_the_language_asked_for(client: Client, locale: str, typed: str) -> None:
    answer = client.get("/api/v1/suggest", {"q": typed, "locale": locale, "limit": "3"}).json()
    assert len(answer["items"]) == 3
    assert all(f"/{locale}/" in item["html_url"] for item in answer["items"])
    assert answer["dir"] == ("rtl" if locale == "ar" else "ltr")


def test_suggestions_are_cached_and_forget_what_is_gone(client: Client, quokkas: Any) -> None:
    response = client.get("/api/v1/suggest?q=quok")
    assert "max-age=60" in response["Cache-Control"]
    assert client.get("/api/v1/suggest?q=quok", headers={"If-None-Match": response["ETag"]}).status_code == 304
    quokkas.unpublish()
    assert suggested(client, "quok") == []


@pytest.mark.parametrize("query", ["", "q=", "q=x&limit=21", "q=x&type=news", "q=x&q=y", "q=x&locale=de"])
def test_suggest_refuses_what_it_does_not_know(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/suggest?{query}").status_code == 400


HOSTILE = [
    '"', '""', "“”", '"a', 'a" OR "b', "a:b", "title:x", "(((", ")", "[a TO b]", "{a b}", "a~9", "a^9", "*", "?", "-",
    "+a -b", "NOT", "AND OR NOT", "NEAR(a b)", "a/*b*/", "'; DROP TABLE x; --", "\\", "\\u0000", "a\\", "%", "_",
    "\u202eevil", "\u2066\u2069", "\ufeff", "\U0001f600", "e\u0301", "ـــ", "ًٌٍ", "٢٠٢٦", "a" * 200, "a " * 100, "«»",
    "<script>", "&amp;", "$$", "~", "!", "&", "|",
]  # fmt: skip


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_search_takes_any_words(client: Client, locale: str) -> None:
    for text in HOSTILE:
        for name in ("search", "suggest"):
            response = client.get(f"/api/v1/{name}", {"q": text, "locale": locale})
            assert response.status_code == 200, (name, text)
