"""Countries and areas: their codes are those of ISO 3166-1, their names the United Nations'.

`countries.csv` is the only source of a country's name. Its column `source` says where a row was taken from: UNTERM
(https://unterm.un.org), the United Nations' short names of its Members and observer States; M49
(https://unstats.un.org/unsd/methodology/m49/), its names of areas; ISO 3166-1 for the one code that neither has.
`also_*` are everyday and older names, separated by `|`, which search understands and no page shows. Decision 18.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from core.languages.declared import LANGUAGE_CODES, reader_language
from core.languages.language import TextIn

# The countries where the regional office has programmes; they come first where an editor chooses.
REGION = (
    "ARE", "BHR", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "OMN", "PSE", "QAT", "SAU", "SDN", "SYR",
    "TUN", "YEM",
)  # fmt: skip
_TABLE = Path(__file__).with_name("countries.csv")
_ARABIC_ARTICLE = re.compile("^ال(?=..)")


@dataclass(frozen=True)
class Country:
    """`code`: ISO 3166-1 alpha-3. `names` and `also`: by language."""

    code: str
    source: str
    names: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]


@cache
def countries() -> Mapping[str, Country]:
    """Return all countries and areas by their codes."""
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return {row["code"]: _country(row) for row in csv.DictReader(table)}


@cache
def table_digest() -> str:
    """Return a digest of the table that changes with every name, for whatever is derived from the names."""
    return hashlib.sha256(_TABLE.read_bytes()).hexdigest()


def is_country_code(code: str) -> bool:
    return code in countries()


def country_name(code: str, language: str) -> str:
    """Return the name that the United Nations uses; in the default language if this one has none. `code`: ISO 3166-1
    alpha-3; returned unchanged if unknown.
    """
    country = countries().get(code)
    if country is None:
        return code
    return country.names.get(language) or TextIn(country.names[settings.LANGUAGE_CODE], settings.LANGUAGE_CODE)


def names_in_search(code: str, language: str) -> list[str]:
    """Return all names by which readers of a language look for a country, the official one first."""
    country = countries().get(code)
    return list(filter(None, [country.names.get(language), *country.also[language]])) if country else []


def alphabetical(name: str) -> str:
    """Return a key that sorts names as a dictionary does: accents, capitals, hyphens and the Arabic article do not
    count.
    """
    folded = unicodedata.normalize("NFD", _ARABIC_ARTICLE.sub("", name.casefold()))
    return "".join(letter for letter in folded.replace("-", " ") if not unicodedata.combining(letter))


def region_choices() -> list[tuple[str, str]]:
    """Return (code, name) in the reader's language, for the countries of the region only."""
    return country_choices()[: len(REGION)]


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) in the reader's language, for all countries with those of the region first."""
    return _choices_in(reader_language())


@cache
def _choices_in(language: str) -> list[tuple[str, str]]:
    named = sorted(
        ((code, country_name(code, language)) for code in countries()), key=lambda choice: alphabetical(choice[1])
    )
    return [choice for choice in named if choice[0] in REGION] + [choice for choice in named if choice[0] not in REGION]


def _country(row: Mapping[str, str]) -> Country:
    also = {language: tuple(filter(None, row.get(f"also_{language}", "").split("|"))) for language in LANGUAGE_CODES}
    names = {language: row[language] for language in LANGUAGE_CODES if row.get(language)}
    return Country(row["code"], row["source"], names, also)
