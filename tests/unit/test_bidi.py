"""Left-to-right parts of Arabic text keep their order; ranges of years are left unchanged."""

from __future__ import annotations

import pytest
from django.utils import translation

from core.text.bidi import for_reader, in_its_script, isolate_where_needed, isolated_html, isolated_text
from tests.left_to_right import INSERTED

ISOLATED = [
    *INSERTED,
    "A/RES/71/1",
    "mobility-report_2026.pdf",
    "1234-567X",
    "0020 2 2736 5140",
    "02 2736 5140",
    "www.iom.int/data",
]
LEFT_ALONE = ["2019-2026", "1951-1967", "34", "2026", "12:30", "2026-11-24", "50%", "3.5", "(2019)"]


@pytest.mark.parametrize("value", ISOLATED)
def test_a_value_is_isolated_in_running_text(value: str) -> None:
    sentence = f"راجع {value}، ثم اكتب إلينا."
    assert isolated_text(sentence) == f"راجع \u2068{value}\u2069، ثم اكتب إلينا."
    assert isolated_html(f"<p>{sentence}</p>") == f'<p>راجع <bdi dir="ltr">{value}</bdi>، ثم اكتب إلينا.</p>'


@pytest.mark.parametrize("value", LEFT_ALONE)
def test_years_numbers_and_dates_are_left_alone(value: str) -> None:
    sentence = f"في الفترة {value} في المنطقة"
    assert isolated_text(sentence) == sentence
    assert isolated_html(sentence) == sentence


def test_an_issn_is_told_from_a_range_of_years_by_its_name() -> None:
    assert isolated_text("ISSN 1813-2025") == "ISSN \u20681813-2025\u2069"
    assert isolated_text("1813-2025") == "1813-2025"


def test_an_address_ends_before_the_punctuation_of_its_sentence() -> None:
    assert isolated_text("(https://iom.int/a).") == "(\u2068https://iom.int/a\u2069)."


def test_attributes_and_what_is_isolated_already_stay_as_they_are() -> None:
    html = '<a href="https://example.int/">هنا</a> <bdi dir="ltr">PR-2026-0412</bdi> <code>a@example.int</code>'
    assert isolated_html(html) == html


def test_only_pages_from_right_to_left_are_changed_and_text_is_escaped() -> None:
    with translation.override("fr"):
        assert for_reader("PR-2026-0412 <b>") == "PR-2026-0412 &lt;b&gt;"
    with translation.override("ar"):
        assert for_reader("PR-2026-0412 <b>") == '<bdi dir="ltr">PR-2026-0412</bdi> &lt;b&gt;'


def test_the_parts_of_an_arabic_address_stand_in_their_order() -> None:
    address = "https://iom.int/ar/مجالات-عملنا/الهجرة?q=هجرة"
    shown = isolated_html(f"راجع {address} الآن")
    assert shown == (
        'راجع <bdi dir="ltr">https://iom.int/ar/<bdi>مجالات-عملنا</bdi>/<bdi>الهجرة</bdi>?q=<bdi>هجرة</bdi></bdi> الآن'
    )
    plain = isolated_text(f"راجع {address} الآن")
    assert "\u2068https://iom.int/ar/%D9%85" in plain
    assert plain.count("\u2068") == 1


@pytest.mark.parametrize(
    ("language", "value", "needed"),
    [("en", "Egypt", False), ("fr", "PR-2026-0412", False), ("en", "وكالة الأنباء", True), ("ar", "Egypt", True)],
)
def test_no_control_character_stands_where_everything_runs_one_way(language: str, value: str, needed: bool) -> None:
    with translation.override(language):
        assert isolate_where_needed(value) == (f"\u2068{value}\u2069" if needed else value)


@pytest.mark.parametrize(
    ("language", "value", "attributes"),
    [
        ("ar", "Leïla Haddad / IOM", ' lang="und-Latn" dir="ltr"'),
        ("fr", "ليلى حداد", ' lang="ar" dir="rtl"'),
        ("fr", "Leïla Haddad", ""),
        ("ar", "ليلى حداد", ""),
        ("ar", "2026", ""),
    ],
)
def test_a_name_in_another_script_is_marked(language: str, value: str, attributes: str) -> None:
    with translation.override(language):
        assert in_its_script(value) == f"<bdi{attributes}>{value}</bdi>"
        assert in_its_script("<b>") == "<bdi>&lt;b&gt;</bdi>" or language == "ar"
