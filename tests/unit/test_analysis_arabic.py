"""Arabic words: spellings that are the same to a reader find the same results."""

from __future__ import annotations

import pytest

from search.analysis import bare, fold, is_mostly_arabic, stems, surface, tokens


def readings(text: str) -> set[str]:
    """Return all readings of the words of a text."""
    return {stem for token in tokens(text, "ar") for stem in token.stems}


SAME_LETTERS = [
    ("أحمد", "احمد"), ("إدارة", "ادارة"), ("آثار", "اثار"), ("مساعدة", "مساعده"), ("إلى", "الي"), ("مستشفى", "مستشفي"),
    ("مسؤول", "مسئول"), ("شؤون", "شئون"), ("هِجْرَة", "هجرة"), ("مُهَاجِر", "مهاجر"), ("هـــجرة", "هجرة"),
    ("ایران", "ايران"), ("کتاب", "كتاب"), ("ﻣﺪﺍﺭﺱ", "مدارس"), ("لاجئ", "ﻻجئ"), ("٢٠٢٦", "2026"), ("۲۰۲۶", "2026"),
    ("ٱلهجرة", "الهجرة"), ("مَكْتَبُ", "مكتب"), ("هجر\u200fة", "هجرة"),
]  # fmt: skip
SAME_STEM = [
    ("مهاجر", "المهاجرون"), ("مهاجر", "المهاجرين"), ("مهاجر", "مهاجرة"), ("مهاجر", "مهاجرات"), ("هجرة", "الهجرة"),
    ("مساعدة", "المساعدات"), ("سياسة", "سياسات"), ("قانون", "القانونية"), ("تعليم", "التعليمية"), ("صحة", "الصحية"),
    ("عراق", "عراقي"), ("عراق", "العراقية"), ("سوريا", "سورية"), ("سوريا", "السوريين"), ("أفريقيا", "الأفريقية"),
    ("لبنان", "لبناني"), ("لبنان", "اللبنانيين"), ("ليبيا", "الليبيون"), ("تونس", "التونسية"), ("منظمة", "منظمتان"),
    ("منظمة", "المنظمتين"), ("لاجئ", "اللاجئات"), ("نازح", "النازحون"), ("تحويل", "تحويلات"), ("موظف", "موظفو"),
]  # fmt: skip
BROKEN_PLURALS = [
    ("وثيقة", "وثائق"), ("وثيقة", "الوثائق"), ("مدرسة", "مدارس"), ("مدرسة", "المدارس"), ("دولة", "الدول"),
    ("تقرير", "التقارير"), ("امرأة", "نساء"), ("المرأة", "النساء"), ("طفل", "الأطفال"), ("حق", "حقوق"),
    ("أسرة", "الأسر"),
    ("مدينة", "مدن"), ("مشروع", "مشاريع"), ("عامل", "عمال"), ("شاب", "الشباب"), ("برنامج", "البرامج"),
    ("مركز", "مراكز"),
    ("قرية", "القرى"), ("أزمة", "أزمات"), ("كارثة", "كوارث"), ("عقد", "عقود"), ("بيت", "البيوت"), ("خطر", "المخاطر"),
    ("ضحية", "ضحايا"), ("منطقة", "مناطق"), ("فريق", "فرق"), ("خبير", "الخبراء"), ("مخيم", "المخيمات"), ("سبب", "أسباب"),
]  # fmt: skip
CLITICS = [
    ("هجرة", "والهجرة"), ("هجرة", "بالهجرة"), ("هجرة", "للهجرة"), ("هجرة", "وبالهجرة"), ("هجرة", "وللهجرة"),
    ("هجرة", "كالهجرة"), ("مهاجرين", "ومهاجرين"), ("مهاجرين", "لمهاجرين"), ("مهاجرين", "بمهاجرين"),
    ("دعم", "لدعم"), ("دعم", "ودعم"), ("دعم", "بدعم"), ("عودة", "عودتهم"), ("عودة", "عودتها"), ("عودة", "وعودتنا"),
    ("كرامة", "كرامتهم"), ("سياسة", "وسياساتها"), ("أطفال", "أطفالهم"), ("أطفال", "لأطفالهم"), ("حقوق", "حقوقهم"),
    ("بيوت", "بيوتهم"), ("مكتب", "مكاتبنا"), ("خدمة", "خدماتها"), ("اليمن", "وباليمن"), ("وثائق", "ووثائق"),
    ("وزارة", "الوزارة"), ("وزارة", "بوزارة"), ("مسؤول", "مسؤولو"),
]  # fmt: skip
DIFFERENT = [
    ("هجرة", "عودة"), ("لاجئ", "نازح"), ("مدرسة", "دراسة"), ("حدود", "حقوق"), ("مال", "أمل"), ("أسرة", "سرير"),
    ("تونس", "اليمن"), ("صحة", "صحافة"), ("عقد", "قاعدة"), ("لبنان", "ابن"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_LETTERS)
def test_spellings_of_a_word_are_one_word(one: str, other: str) -> None:
    assert fold(one, "ar") == fold(other, "ar")


@pytest.mark.parametrize(("one", "other"), [*SAME_STEM, *BROKEN_PLURALS])
def test_inflections_are_found_by_each_other(one: str, other: str) -> None:
    assert readings(one) & readings(other)


@pytest.mark.parametrize(("word", "joined"), CLITICS)
def test_what_is_joined_to_a_word_does_not_hide_it(word: str, joined: str) -> None:
    assert readings(word) & readings(joined)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert not readings(one) & readings(other)


def test_first_reading_of_a_plural_is_that_of_its_singular() -> None:
    assert stems("المدارس", "ar") == stems("مدرسة", "ar")


@pytest.mark.parametrize("word", ["في", "إلى", "الى", "علي", "التي", "الّذينَ", "ماذا", "لماذا", "وفي"])
def test_stop_words_have_no_stem(word: str) -> None:
    assert stems(word, "ar") == []


def test_token_holds_its_signs_and_joined_letters() -> None:
    text = "وصلوا بِالسَّيَّارَةِ، ثم"
    (token,) = [token for token in tokens(text, "ar") if "سيار" in token.stems]
    assert text[token.start : token.end] == "بِالسَّيَّارَةِ"


def test_bare_word_lacks_what_is_joined_to_its_beginning() -> None:
    assert [bare(fold(word, "ar")) for word in ("المهاجرين", "وبالهجرة", "للهجرة", "مكتب")] == [
        "مهاجرين", "وبالهجره", "هجره", "مكتب",
    ]  # fmt: skip


def test_surface_is_spelt_as_people_write() -> None:
    assert surface("الهِجْـرَة") == "الهجرة"


def test_arabic_words_follow_arabic_rules_in_other_languages() -> None:
    assert stems("المدارس", "en") == stems("المدارس", "fr") == stems("المدارس", "ar")


def test_script_says_the_language() -> None:
    assert is_mostly_arabic("الهجرة IOM")
    assert not is_mostly_arabic("migration و")
    assert not is_mostly_arabic("123")
