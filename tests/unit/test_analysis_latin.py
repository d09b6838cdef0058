"""French and English words: spellings that are the same to a reader find the same results."""

from __future__ import annotations

import time

import pytest

from search.analysis import fold, stems, surface, tokens

FRENCH = [
    ("réfugié", "refugies"), ("réfugiée", "réfugiés"), ("déplacé", "deplacees"), ("déplacement", "déplacer"),
    ("déplacés", "déplacées"), ("l’aide", "aide"), ("d'urgence", "urgence"), ("qu’une urgence", "urgences"),
    ("jusqu'aux frontières", "frontiere"), ("travail", "travaux"), ("travailleur", "travailleuses"),
    ("régional", "régionaux"), ("régionale", "régionaux"), ("nationales", "national"), ("équitable", "équitablement"),
    ("cœur", "coeur"), ("emploi", "emplois"), ("loi", "lois"), ("enjeu", "enjeux"), ("lieux", "lieu"),
    ("bureaux", "bureau"), ("directrice", "directeur"), ("formatrice", "formateurs"), ("sécurité", "securite"),
    ("santé", "SANTE"), ("informer", "informations"), ("recrutement", "recruter"), ("développé", "développement"),
    ("intégration", "intégrer"), ("étrangers", "étrangère"), ("européen", "européennes"), ("reçu", "recevoir"),
    ("obtenu", "obtenir"), ("syrien", "Syrie"), ("tunisiennes", "Tunisie"), ("Iraq", "irakien"), ("Irak", "Iraq"),
    ("vulnérable", "vulnérabilités"), ("naufrage", "naufragés"), ("inondation", "inondations"), ("délais", "délai"),
    ("première", "premier"), ("actuelle", "actuel"), ("compétences", "competence"), ("bloqué", "bloquées"),
    ("aujourd’hui", "aujourd'hui"), ("main-d’œuvre", "main d'oeuvre"), ("2026", "٢٠٢٦"),
]  # fmt: skip
ENGLISH = [
    ("refugee", "refugees"), ("migrant", "migrants'"), ("migrant", "migrant’s"), ("children", "child's"),
    ("woman", "women’s"), ("organisation", "organizations"), ("organise", "organizing"), ("labour", "labor"),
    ("programme", "programs"), ("centre", "centers"), ("neighbouring", "neighboring"), ("defence", "defense"),
    ("travelling", "traveler"), ("recognise", "recognizing"), ("recognition", "recognised"), ("analysis", "analyses"),
    ("regularisation", "regularization"), ("displaced", "displacement"), ("policy", "policies"), ("fled", "fleeing"),
    ("Sana’a", "Sanaa"), ("U.N.", "UN"), ("I.O.M.", "IOM"), ("Syrian", "Syria"), ("Egyptians", "Egypt"),
    ("paid", "payment pay"), ("detention", "detain"), ("traffickers", "trafficking"), ("smugglers", "smuggling"),
    ("returnees", "returning"), ("resettlement", "resettled"), ("responses", "responding"), ("arrivals", "arrive"),
    ("survivors", "survive"), ("integrate", "integration"), ("health", "HEALTH"), ("statistics", "statistical"),
    ("flooding", "floods"), ("assistance", "assisting"), ("vulnerable", "vulnerabilities"), ("naïve", "naive"),
    ("judgement", "judgment"), ("cheque", "checks"), ("grey", "gray"), ("catalogue", "catalogs"), ("ageing", "aging"),
    ("pre-departure", "predeparture"), ("co-operation", "cooperation"), ("cross‐border", "crossborder"), ("²", "2"),
]  # fmt: skip
DIFFERENT = [
    ("fr", "émigration", "immigration"), ("fr", "sûr", "sœur"), ("fr", "droit", "adroit"),
    ("en", "migration", "mitigation"), ("en", "policy", "police"), ("en", "news", "new"), ("en", "organ", "organise"),
    ("en", "border", "board"), ("en", "state", "station"),
]  # fmt: skip


def readings(text: str, language: str) -> set[str]:
    return {stem for token in tokens(text, language) for stem in token.stems}


@pytest.mark.parametrize(
    ("language", "one", "other"), [*(("fr", *pair) for pair in FRENCH), *(("en", *pair) for pair in ENGLISH)]
)
def test_forms_of_a_word_are_found_by_each_other(language: str, one: str, other: str) -> None:
    assert readings(one, language) & readings(other, language)


@pytest.mark.parametrize(("language", "one", "other"), DIFFERENT)
def test_different_words_stay_different(language: str, one: str, other: str) -> None:
    assert not readings(one, language) & readings(other, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "qu’est-ce que"), ("fr", "l’été était"), ("fr", "C’est où ?"), ("fr", "etait"), ("en", "isn't it"),
        ("en", "they’re WHAT"), ("en", "don't"), ("en", "the of"), ("fr", "jusqu'à"),
    ],
)  # fmt: skip
def test_stop_words_have_no_stem(language: str, text: str) -> None:
    assert stems(text, language) == []


def test_word_with_an_accent_is_no_stop_word_without_it() -> None:
    assert stems("sûr", "fr") != []
    assert stems("sur", "fr") == []


def test_elided_article_is_not_part_of_the_word() -> None:
    text = "Voilà l’aide d'urgence"
    assert [text[token.start : token.end] for token in tokens(text, "fr")] == ["Voilà", "aide", "urgence"]


def test_invisible_characters_are_part_of_no_word() -> None:
    for character in ("\u200b", "\u00ad", "\u200f", "\u2060", "\ufeff", "\u202e"):
        assert fold(f"mig{character}ration", "en") == "migration"
        assert [token.word for token in tokens(f"{character}a migration{character}", "en")] == ["a", "migration"]


@pytest.mark.parametrize(
    "text", ["", "…", "«»", "\u064b\u064b", "ـ", "½", "_", "😀", "\u202e", "'", "-", "a-", "-a", "’s"]
)
def test_odd_texts_have_no_odd_words(text: str) -> None:
    for language in ("ar", "en", "fr"):
        assert all(token.word.isalnum() and len(token.word) <= 64 for token in tokens(text * 100, language))


def test_surface_keeps_accents() -> None:
    assert surface("RÉFUGIÉE") == "réfugiée"


def test_latin_words_of_an_arabic_text_are_only_folded() -> None:
    assert stems("Réfugiés IOM", "ar") == ["refugies", "iom"]


def test_a_long_text_takes_no_longer_than_it_must() -> None:
    hostile = ("a" + "'\u0301" * 50) * 2_000 + "U.N" * 10_000
    started = time.process_time()
    for language in ("ar", "en", "fr"):
        assert list(tokens(hostile, language))
    assert time.process_time() - started < 5
