"""The contract of every search engine: the documents that it finds, and their order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from listing.choices import Choice
from search.query import Window
from search.results import Found
from search.synonyms import Glossary
from tests.search_engines import Searched, ids_of, make_document

_LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
SAMPLES = {
    "ar": "مدارس متنقّلة للنازحين: تقارير عن أطفال العائلات وحقوقهم في إفريقيا",
    "en": "Pre-departure centres: recognising the skills of labour migrants’ families, 2026 programmes in Sana’a",
    "fr": "L’accueil des réfugiées déplacées : les travaux d’équipement des préfectures, cœur de l’année 2026",
}
FINDS = {
    "ar": [
        "مدرسة", "المدارس", "بالمدارس", "وبالمدارس", "مدرسه", "نازح", "والنازحين", "نازحات", "مُتَنَقِّلَة", "متنـــقلة",
        "تقرير", "تقريرًا", "التقارير", "طفل", "أطفالهم", "عائلة", "حق", "أفريقيا", "افريقيا", "مدارس النازحين",
        "مدرسة للنازحين", "مدارس نازحین",
    ],
    "en": [
        "departure", "center", "centre", "recognize", "recognition skill", "labor", "migrant's family", "migrants",
        "MIGRANT", "program", "Sana'a", "sana’a", "٢٠٢٦ program", "the skills of the families", "recognised", "centers",
    ],
    "fr": [
        "accueil", "d’accueil", "d'accueil", "l`accueil", "refugie", "réfugiés", "déplacé", "deplacee", "travail",
        "equipement", "équipements", "prefecture", "préfecture", "coeur", "CŒUR", "annee", "qu’une année",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in FINDS.items() for text in texts]
)
def test_word_is_found_in_every_form(searched: Searched, language: str, text: str) -> None:
    document = make_document(SAMPLES[language], language)
    searched.add(document)
    found = searched.find(text, language)
    assert document.content_id in ids_of(found), found
    assert found.stage == "words"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "xylophone"), ("fr", "xylophones baroques"), ("ar", "زرافة"), ("en", "!?"), ("en", "٪"), ("ar", "ـ")],
)
def test_what_no_text_has_finds_nothing(searched: Searched, language: str, text: str) -> None:
    found = searched.find(text, language)
    assert (found.hits, found.total, found.strong, found.stage) == ((), 0, 0, "none")


@pytest.mark.parametrize("text", ["jackfruit xylophone", "xylophone of the year", "quarrelsome xylophone jackfruit"])
def test_a_common_word_alone_is_no_answer(searched: Searched, text: str) -> None:
    searched.add(*(make_document("Something else", body="A year of quarrelsome matters") for _ in range(3)))
    assert searched.find(text).total == 0


def test_phrase_is_found_as_it_stands(searched: Searched) -> None:
    together = make_document("Quokkas", body="The grey quokka and wombat were counted.")
    apart = make_document("Wombats and a quokka", body="A wombat saw a quokka, and the quokka a wombat.")
    inflected = make_document("Of quokkas", body="Grey quokkas and wombats.")
    searched.add(together, apart, inflected)
    assert set(searched.ids("quokka wombat")) == {together.content_id, apart.content_id, inflected.content_id}
    found = searched.ids('"grey quokka and wombat"')
    assert found[0] == together.content_id
    assert apart.content_id not in found
    assert searched.ids("«quokka and wombat»")[0] == together.content_id


def test_words_beside_a_phrase_count_too(searched: Searched) -> None:
    both = make_document("Quokkas in Perth", body="The grey quokka.")
    searched.add(both, make_document("Quokkas", body="The grey quokka."))
    assert searched.ids('perth "grey quokka"')[0] == both.content_id


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "978-92-9068-123-4"), ("ar", "٩٧٨٩٢٩٠٦٨١٢٣٤"), ("fr", "ISBN 978 92 9068 123 4"),
        ("en", "10.5555/Quokka.2026.7"), ("fr", "doi:10.5555/quokka.2026.7"), ("ar", "doi 10.5555/quokka.2026.7"),
    ],
)  # fmt: skip
def test_identifier_leads_to_its_item(searched: Searched, language: str, text: str) -> None:
    item = make_document("Item", language, identifiers=("9789290681234", "105555quokka20267"))
    others = [make_document("978 92 9068 123 4 10.5555 quokka 2026 7", language) for _ in range(3)]
    searched.add(item, *others)
    assert searched.ids(text, language)[0] == item.content_id


@pytest.mark.parametrize(
    ("language", "title", "text", "corrected"),
    [
        ("en", "Counting quokkas", "quokas", "quokkas"),
        ("en", "Counting quokkas", "cuonting quokkas", "counting quokkas"),
        ("fr", "Les ornithorynques d’Océanie", "ornitorinques", "ornithorynques"),
        ("ar", "حيوان الكنغارو", "الكنغاور", ""),
    ],
)
def test_typing_error_is_forgiven(searched: Searched, language: str, title: str, text: str, corrected: str) -> None:
    document = make_document(title, language)
    searched.add(document)
    found = searched.find(text, language)
    assert found.stage == "fuzzy"
    assert ids_of(found)[0] == document.content_id
    if corrected:
        assert found.did_you_mean == corrected


def test_short_words_and_first_letters_are_not_corrected(searched: Searched) -> None:
    searched.add(make_document("Emu xanthic"))
    assert searched.find("ezu").total == 0
    assert searched.find("zanthic").total == 0


def test_other_languages_find_the_readers_version(searched: Searched) -> None:
    french = make_document("Les ornithorynques", "fr", languages=["en"], body="Ils nagent.")
    english = make_document("On platypuses", "en", content_id=french.content_id, languages=["fr"])
    only_french = make_document("Ornithorynques seuls", "fr")
    searched.add(french, english, only_french)
    found = searched.find("ornithorynque")
    assert (found.stage, ids_of(found), found.total) == ("other_language", [english.content_id], 1)
    assert found.hits[0].language == "fr"
    assert "<mark>ornithorynques</mark>" in found.hits[0].title
    assert found.elsewhere["fr"] == 2
    assert searched.find("ornithorynque", filters={"type": Choice(("page",))}).total == 0


def test_documents_with_most_words_stand_first(searched: Searched) -> None:
    all_words = make_document("A", body="Quokka, wombat, numbat and bilby together, and much else besides them.")
    one_word = make_document("Quokka quokka quokka", summary="Quokka quokka", body="Quokka")
    searched.add(one_word, all_words)
    found = searched.find("quokka wombat numbat bilby")
    assert ids_of(found) == [all_words.content_id, one_word.content_id]
    assert (found.stage, found.total, found.strong) == ("words", 2, 1)


def test_half_of_many_words_is_enough_where_nothing_has_more(searched: Searched) -> None:
    half = make_document("Quokka and wombat")
    searched.add(half, make_document("Wombat"))
    found = searched.find("quokka wombat xylophone jackfruit")
    assert (found.stage, ids_of(found)[0]) == ("relaxed", half.content_id)


def test_title_counts_more_than_body(searched: Searched) -> None:
    body = make_document("Animals", body="One is the quokka, which lives on an island in the west.")
    title = make_document("The quokka", body="One of the animals, which lives on an island in the west.")
    summary = make_document("An animal", summary="On the quokka.", body="It lives on an island in the west.")
    searched.add(body, summary, title)
    assert searched.ids("quokkas") == [title.content_id, summary.content_id, body.content_id]


def test_newer_news_stand_first_where_all_else_is_equal(searched: Searched) -> None:
    old, new = (make_document("Quokkas counted", published_at=moment) for moment in (_LONG_AGO, timezone.now()))
    searched.add(new, old)
    assert searched.ids("quokka") == [new.content_id, old.content_id]


def test_equivalents_are_found_without_losing_the_words_typed(searched: Searched) -> None:
    glossary = Glossary()
    glossary.add({"en": ["quokka", "short-tailed wallaby"], "fr": ["quokka à queue courte"]})
    typed, equivalent = make_document("Quokka census"), make_document("Census of a short-tailed wallaby")
    other = make_document("Census of a wallaby with a tail that is short")
    searched.add(typed, equivalent, other)
    found = searched.ids("quokka census", glossary=glossary)
    assert {typed.content_id, equivalent.content_id} <= set(found)


def test_names_in_other_languages_find_a_document(searched: Searched) -> None:
    document = make_document("Title", names="Ornithorynquie \nأرض الكنغارو")
    searched.add(document)
    assert searched.ids("Ornithorynquie") == [document.content_id]
    assert searched.ids("الكنغارو") == [document.content_id]


def test_removed_document_is_not_found(searched: Searched) -> None:
    document = make_document("Quokka", "en")
    searched.add(document, make_document("Quokka", "fr", content_id=document.content_id))
    searched.remove(document)
    searched.remove(document)
    assert searched.find("quokka").stage != "words"
    assert searched.ids("quokka", "fr") == [document.content_id]
    assert searched.engine.suggest("quok", "en", 5) == []


def test_changing_a_document_twice_is_changing_it_once(searched: Searched) -> None:
    before = make_document("Quokka census", body="wombat")
    after = make_document("Numbat census", content_id=before.content_id)
    searched.add(before)
    searched.add(after)
    once = searched.find("numbat")
    searched.add(after)
    again = searched.find("numbat")
    assert (ids_of(again), again.facets) == (ids_of(once), once.facets)
    assert (once.total, searched.find("quokka").total, searched.find("wombat").total) == (1, 0, 0)
    assert searched.find("numbta").did_you_mean == "numbat"


def test_nothing_is_found_beyond_the_end(searched: Searched) -> None:
    found: Found = searched.find("migration", window=Window(10, 100_000 // 200))
    assert found.hits == ()
    assert found.total > 10
