"""The contract of every search engine: titles and fragments in which matches are marked, and suggestions."""

from __future__ import annotations

import pytest

from tests.search_engines import Searched, make_document, marked


def test_words_found_are_marked_whole_and_all_else_is_escaped(searched: Searched) -> None:
    hostile = make_document(
        "<script>alert('quokka')</script> & \"quokkas\"", body="<b>A quokka</b> &lt;i&gt; <img src=x>"
    )
    searched.add(hostile)
    (hit,) = searched.find("quokka").hits
    assert "<script>" not in hit.title
    assert "&lt;script&gt;" in hit.title
    assert "<b>" not in hit.fragment
    assert "<img" not in hit.fragment
    assert set(marked([hit.title, hit.fragment])) == {"quokka", "quokkas"}


@pytest.mark.parametrize(
    ("language", "body", "text", "expected"),
    [
        ("ar", "وصل المسافرون إلى القرية وبالكَنْغارواتِ الكثيرة", "كنغارو", {"وبالكَنْغارواتِ"}),
        ("fr", "On a vu l’ornithorynque et d’autres", "ornithorynques", {"ornithorynque", "l’ornithorynque"}),
        ("en", "They saw the quokka’s young", "quokkas", {"quokka", "quokka’s"}),
    ],
)
def test_fragment_marks_the_word_as_it_stands(
    searched: Searched, language: str, body: str, text: str, expected: set[str]
) -> None:
    searched.add(make_document("1", language, body=body))
    (hit,) = searched.find(text, language).hits
    assert len(marks := marked([hit.fragment])) == 1
    assert set(marks) <= expected


def test_fragment_is_short_and_shows_most_words(searched: Searched) -> None:
    filler = "Much was said about other matters of less weight. " * 40
    searched.add(make_document("Report", body=f"{filler}A quokka was seen. {filler}The quokka met a wombat. {filler}"))
    (hit,) = searched.find("quokka wombat").hits
    assert {"quokka", "wombat"} <= set(" ".join(marked([hit.fragment])).split())
    assert len(hit.fragment) < 350


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        *(("en", "The quokka of Rottnest", text) for text in ("quok", "rott quo", "the q")),
        *(("fr", "Zoologie d’Océanie", text) for text in ("océ", "oce", "zoologie d", "d’océ")),
        *(("ar", "سماء الكنغارو", text) for text in ("كنغ", "الكنغ", "سماء ال")),
    ],
)
def test_suggestion_completes_words_of_a_title(searched: Searched, language: str, title: str, text: str) -> None:
    document = make_document(title, language, type="publication")
    searched.add(document)
    suggested = searched.engine.suggest(text, language, 5)
    assert (document.content_id, title, "publication") in [(s.content_id, s.title, s.type) for s in suggested]


def test_suggestions_have_all_words_and_no_more_than_wanted(searched: Searched) -> None:
    searched.add(*(make_document(f"Quokka {name}") for name in ("alpha", "beta", "gamma")))
    assert len(searched.engine.suggest("quo", "en", 2)) == 2
    assert [suggestion.title for suggestion in searched.engine.suggest("quo bet", "en", 5)] == ["Quokka beta"]
    assert searched.engine.suggest("quokka zeta", "en", 5) == []
    assert searched.engine.suggest("", "en", 5) == searched.engine.suggest("…", "en", 5) == []
