"""The wording of the pages in three languages. Change it as you like."""

from __future__ import annotations

from typing import NamedTuple

from mena_content.types import Locale

DIRECTIONS: dict[Locale, str] = {"ar": "rtl", "en": "ltr", "fr": "ltr"}
LANGUAGES: dict[Locale, str] = {"ar": "العربية", "en": "English", "fr": "Français"}


class Words(NamedTuple):
    title: str
    source: str
    other_languages: str
    files: str
    authors: str
    series: str
    corrections: str
    contacts: str
    pictures: str
    original: str
    press_kit: str
    embargo: str
    terms: str
    revised: str
    units: tuple[str, str, str]


WORDS: dict[Locale, Words] = {
    "ar": Words(
        title="محتوى منقول",
        source="المصدر:",
        other_languages="بلغات أخرى",
        files="الملفات",
        authors="التأليف:",
        series="السلسلة:",
        corrections="تصويبات",
        contacts="للاستفسارات الصحفية",
        pictures="صور للصحافة",
        original="الصورة الأصلية",
        press_kit="كل الملفات للصحافة",
        embargo="كان النشر محظورًا حتى",
        terms="شروط الاستخدام",
        revised="نُقّح في",
        units=("بايت", "كيلوبايت", "ميغابايت"),
    ),
    "en": Words(
        title="Mirrored content",
        source="Source:",
        other_languages="In other languages",
        files="Files",
        authors="By",
        series="Series:",
        corrections="Corrections",
        contacts="Press contacts",
        pictures="Pictures for the press",
        original="original",
        press_kit="Everything for the press",
        embargo="Was under embargo until",
        terms="Terms of use",
        revised="Revised",
        units=("bytes", "kB", "MB"),
    ),
    "fr": Words(
        title="Contenu repris",
        source="Source :",
        other_languages="Dans d’autres langues",
        files="Fichiers",
        authors="Par",
        series="Collection :",
        corrections="Rectificatifs",
        contacts="Contacts presse",
        pictures="Photos pour la presse",
        original="original",
        press_kit="Tout pour la presse",
        embargo="Sous embargo jusqu’au",
        terms="Conditions d’utilisation",
        revised="Révisé le",
        units=("octets", "ko", "Mo"),
    ),
}


def size(number: int, language: Locale) -> str:
    """Return a number of bytes in a form that people can read."""
    units = WORDS[language].units
    if number < 1000:
        return f"{number} {units[0]}"
    kilo = number / 1000
    shown, unit = (f"{kilo:.0f}", units[1]) if kilo < 1000 else (f"{kilo / 1000:.1f}", units[2])
    return f"{shown if language == 'en' else shown.replace('.', ',')} {unit}"
