"""The contract of every search engine: filters, facets, orders, paging, and hostile input."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from listing.choices import Choice, Span
from search.documents import SearchDocument
from search.query import FACETS, Sort, Window, plain
from search.results import Found
from tests.hostile_texts import HOSTILE
from tests.search_engines import Searched, ids_of, make_document, stored_documents

TEXTS = {"ar": "الهجرة", "en": "migration", "fr": "migrants"}
EVERYTHING = Window(200)
SORTS: list[Sort] = ["relevance", "newest", "oldest", "updated", "title"]


def documents_of(found: Found, language: str) -> list[SearchDocument]:
    documents = {document.content_id: document for document in stored_documents() if document.language == language}
    return [documents[content] for content in ids_of(found)]


def admitted(document: SearchDocument, filters: dict[str, Choice]) -> bool:
    for name, choice in filters.items():
        values = set(document.facets.get(name, ()))
        wanted = bool(values & set(choice.wanted)) or (choice.missing and not values)
        if values & set(choice.rejected) or ((choice.wanted or choice.missing) and not wanted):
            return False
    return True


def choices(document: SearchDocument) -> list[dict[str, Choice]]:
    """Return combinations of filters to try, made from the facets of a document."""
    value = {name: values[0] for name, values in document.facets.items() if values}
    found: list[dict[str, Choice]] = [{}, {"country": Choice(missing=True)}, {"type": Choice(rejected=("news",))}]
    found += [{name: Choice((value[name],))} for name in value]
    found.append(
        {"type": Choice((value["type"], "page")), "topic": Choice(tuple(document.facets.get("topic", ("x",))))}
    )
    found.append({"topic": Choice(("no-such-topic",), missing=True), "year": Choice(rejected=("1999",))})
    return found


@pytest.mark.parametrize("language", TEXTS)
def test_filters_and_facets_are_exact(searched: Searched, language: str) -> None:
    text = TEXTS[language]
    all_found = documents_of(searched.find(text, language, window=EVERYTHING), language)
    richest = max(all_found, key=lambda document: len(document.facets))
    for filters in choices(richest):
        found = searched.find(text, language, window=EVERYTHING, filters=filters)
        expected = [document for document in all_found if admitted(document, filters)]
        assert set(ids_of(found)) == {document.content_id for document in expected}, filters
        assert found.total == len(expected)
        for facet in FACETS:
            others = {name: choice for name, choice in filters.items() if name != facet}
            counted: Counter[str] = Counter()
            for document in all_found:
                if admitted(document, others):
                    counted.update(document.facets.get(facet) or ("_none",))
            shown = {value: number for value, number in found.facets.get(facet, {}).items() if number}
            assert shown == counted, (filters, facet)


def test_dates_and_languages_filter(searched: Searched) -> None:
    first, second, undated = (
        make_document("Quokka", published_at=moment, languages=languages)
        for moment, languages in (
            (datetime(2020, 5, 1, tzinfo=UTC), ["fr"]), (datetime(2021, 5, 1, tzinfo=UTC), []), (None, []),
        )
    )  # fmt: skip
    searched.add(first, second, undated)

    def found(**query: Any) -> set[str]:
        names = {first.content_id: "first", second.content_id: "second", undated.content_id: "undated"}
        return {names[content] for content in searched.ids("quokka", **query)}

    start, end = datetime(2020, 5, 1, tzinfo=UTC), datetime(2021, 5, 1, tzinfo=UTC)
    assert found() == {"first", "second", "undated"}
    assert found(published=Span(start, end)) == {"first"}
    assert found(published=Span(start=end)) == {"second"}
    assert found(published=Span(end=start)) == set()
    assert found(updated=Span(start=datetime(2026, 1, 2, tzinfo=UTC))) == {"first", "second", "undated"}
    assert found(updated=Span(end=datetime(2026, 1, 2, tzinfo=UTC))) == set()
    assert found(not_in="fr") == {"second", "undated"}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("language", TEXTS)
def test_pages_together_are_everything_in_one_order(searched: Searched, language: str, sort: Sort) -> None:
    text = TEXTS[language]
    everything = searched.find(text, language, window=EVERYTHING, sort=sort)
    assert len(everything.hits) == everything.total > 10
    assert len(set(ids_of(everything))) == everything.total
    by_offset = [
        searched.find(text, language, window=Window(7, start), sort=sort) for start in range(0, everything.total, 7)
    ]
    assert [content for page in by_offset for content in ids_of(page)] == ids_of(everything)
    assert {(page.total, page.strong, page.stage) for page in by_offset} == {
        (everything.total, everything.strong, everything.stage)
    }
    seen, window = [], Window(7)
    while (page := searched.find(text, language, window=window, sort=sort)).hits:
        seen += ids_of(page)
        place = json.loads(json.dumps(page.hits[-1].place))
        window = Window(7, after=tuple(place))
    assert seen == ids_of(everything)


@pytest.mark.parametrize("text", ["quoka", "quokka wombat xylophone jackfruit", "ornithorynque"])
def test_going_on_stays_in_the_stage(searched: Searched, text: str) -> None:
    for number in range(12):
        french = make_document("Ornithorynques", "fr", languages=["en"], body="mot " * number)
        english = make_document("Quokka and wombat", content_id=french.content_id, body="word " * number)
        searched.add(french, english)
    everything = searched.find(text, window=EVERYTHING)
    assert everything.total == 12
    first = searched.find(text, window=Window(5))
    rest = searched.find(text, window=Window(50, after=first.hits[-1].place))
    assert ids_of(first) + ids_of(rest) == ids_of(everything)
    assert ids_of(searched.find(text, window=Window(50, 5))) == ids_of(rest)
    assert rest.stage == everything.stage != "words"


def test_equal_documents_stand_in_the_order_of_their_ids(searched: Searched) -> None:
    twins = [make_document("Quokka") for _ in range(9)]
    searched.add(*twins)
    wanted = sorted(document.content_id for document in twins)
    assert searched.ids("quokka") == wanted
    assert searched.ids("quokka", sort="newest") == wanted


@pytest.mark.parametrize("language", TEXTS)
def test_results_stand_in_the_order_that_is_asked_for(searched: Searched, language: str) -> None:
    def found(sort: Sort) -> list[SearchDocument]:
        return documents_of(searched.find(TEXTS[language], language, window=EVERYTHING, sort=sort), language)

    def dates(sort: Sort) -> list[float]:
        return [document.published_at.timestamp() for document in found(sort) if document.published_at]

    assert dates("newest") == sorted(dates("newest"), reverse=True)
    assert dates("oldest") == sorted(dates("oldest"))
    changes = [document.seq for document in found("updated")]
    assert changes == sorted(changes, reverse=True)
    undated = [document.published_at is None for document in found("oldest")]
    assert undated == sorted(undated)


def test_titles_are_sorted_as_they_are_read(searched: Searched) -> None:
    titles = ["apple quokka", "Bear quokka", "école quokka", "Éden quokka", "zoo quokka"]
    documents = [make_document(title, "fr") for title in titles]
    searched.add(*reversed(documents))
    assert searched.ids("quokka", "fr", sort="title") == [document.content_id for document in documents]


def test_scores_fall(searched: Searched) -> None:
    for text in ("migration", "labour migration governance", "border"):
        found = searched.find(text, window=EVERYTHING)
        strong = [hit.score for hit in found.hits[: found.strong]]
        assert strong == sorted(strong, reverse=True)


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_that_is_typed_breaks_an_engine(searched: Searched, kind: str) -> None:
    assert len(HOSTILE[kind]) == 20
    for text in HOSTILE[kind]:
        for language in ("ar", "en"):
            found = searched.find(text, language, window=Window(3))
            assert len(found.hits) <= 3
            assert found.total >= found.strong >= 0
            assert all("<script" not in hit.title for hit in found.hits)
            searched.engine.suggest(plain(text), language, 3)


@pytest.mark.parametrize(
    "text", ["mig\u200bration", "\u202emigration", "migra\u00adtion", '"migration', "migration AND ("]
)
def test_invisible_characters_and_syntax_hide_no_word(searched: Searched, text: str) -> None:
    assert searched.find(text).strong > 5


def test_document_with_hostile_text_is_indexed_and_found(searched: Searched) -> None:
    texts = [text[:300] for texts in HOSTILE.values() for text in texts if text.isprintable()]
    hostile = [
        replace(make_document(f"Quokka {text}"), summary=text, body=text * 2, meta=text, names=text) for text in texts
    ]
    searched.add(*hostile)
    assert searched.find("quokka").total == len(hostile)
