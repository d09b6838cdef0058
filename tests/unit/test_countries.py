"""Countries have the names used by the United Nations wherever they are named."""

from __future__ import annotations

import ast
from pathlib import Path

import pycountry
import pytest
from django.utils import translation

from core.places.countries import alphabetical, countries, country_choices, country_name, names_in_search

ROOT = Path(__file__).parents[2]
APPS = ("site", "bundles", "home", "events", "news", "press", "research", "search")
LANGUAGES = ("en", "fr", "ar")
# United Nations names (M49 and UNTERM) of countries for which an error would be read as a political statement.
UNITED_NATIONS = {
    "BOL": ("Bolivia (Plurinational State of)", "Bolivie (État plurinational de)", "دولة بوليفيا المتعددة القوميات"),
    "CIV": ("Côte d’Ivoire", "Côte d’Ivoire", "كوت ديفوار"),
    "COD": ("Democratic Republic of the Congo", "République démocratique du Congo", "جمهورية الكونغو الديمقراطية"),
    "CPV": ("Cabo Verde", "Cabo Verde", "كابو فيردي"),
    "CZE": ("Czechia", "Tchéquie", "تشيكيا"),
    "EGY": ("Egypt", "Égypte", "مصر"),
    "ESH": ("Western Sahara", "Sahara occidental", "الصحراء الغربية"),
    "FLK": ("Falkland Islands (Malvinas)", "Îles Falkland (Malvinas)", "جزر فوكلاند (مالفيناس)"),
    "IRN": ("Iran (Islamic Republic of)", "Iran (République islamique d’)", "جمهورية إيران الإسلامية"),
    "IRQ": ("Iraq", "Iraq", "العراق"),
    "KOR": ("Republic of Korea", "République de Corée", "جمهورية كوريا"),
    "MDA": ("Republic of Moldova", "République de Moldova", "جمهورية مولدوفا"),
    "MKD": ("North Macedonia", "Macédoine du Nord", "مقدونيا الشمالية"),
    "OMN": ("Oman", "Oman", "عُمان"),
    "PSE": ("State of Palestine", "État de Palestine", "دولة فلسطين"),
    "RUS": ("Russian Federation", "Fédération de Russie", "الاتحاد الروسي"),
    "SYR": ("Syrian Arab Republic", "République arabe syrienne", "الجمهورية العربية السورية"),
    "TUR": ("Türkiye", "Türkiye", "تركيا"),
    "TWN": ("Taiwan Province of China", "Province chinoise de Taïwan", "مقاطعة تايوان الصينية"),
    "VAT": ("Holy See", "Saint-Siège", "الكرسي الرسولي"),
    "VNM": ("Viet Nam", "Viet Nam", "فييت نام"),
}


def test_table_has_every_code_of_iso_3166_1_and_no_other() -> None:
    assert set(countries()) == {country.alpha_3 for country in pycountry.countries}


@pytest.mark.parametrize("code", countries())
def test_every_country_has_a_name_in_each_language_and_a_source(code: str) -> None:
    assert countries()[code].source in {"UNTERM", "M49", "ISO 3166-1"}
    for language in LANGUAGES:
        names = names_in_search(code, language)
        assert all(name and name == name.strip() for name in names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_have_the_same_name(language: str) -> None:
    names = [country_name(code, language) for code in countries()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("code", "expected"), UNITED_NATIONS.items(), ids=list(UNITED_NATIONS))
def test_country_is_called_what_the_united_nations_call_it(code: str, expected: tuple[str, ...]) -> None:
    assert tuple(country_name(code, language) for language in LANGUAGES) == expected


def test_code_that_is_no_country_is_shown_as_it_is() -> None:
    assert (country_name("XKX", "en"), names_in_search("XKX", "en")) == ("XKX", [])


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"], "Zimbabwe"),
        ("fr", ["Afghanistan", "Afrique du Sud", "Albanie"], "Zimbabwe"),
        ("ar", ["الاتحاد الروسي", "إثيوبيا", "أذربيجان"], "اليونان"),
    ],
)
def test_names_stand_in_the_order_of_their_language(language: str, first: list[str], last: str) -> None:
    names = sorted((country_name(code, language) for code in countries()), key=alphabetical)
    assert (names[:3], names[-1]) == (first, last)


def test_countries_of_the_region_are_offered_first_in_the_order_of_the_language() -> None:
    with translation.override("fr"):
        assert [name for _, name in country_choices()[:4]] == ["Algérie", "Arabie saoudite", "Bahreïn", "Égypte"]


def test_no_module_takes_the_name_of_a_country_from_elsewhere() -> None:
    """CLDR and ISO 3166-1 have other names than the United Nations for some countries."""
    elsewhere = {"territories", "get_territory_name", "pycountry"}
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
        if name in elsewhere
    }
    assert not found


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(alias.name for alias in node.names)]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return []
