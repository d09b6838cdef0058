"""Countries: codes from ISO 3166-1, names from CLDR."""

from __future__ import annotations

import unicodedata
from functools import cache

import pycountry
from babel import Locale
from django.utils.translation import get_language

# The countries that the regional office's programmes are in come first where an editor chooses.
REGION = (
    "ARE", "BHR", "DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "OMN", "PSE", "QAT", "SAU", "SDN", "SYR",
    "TUN", "YEM",
)  # fmt: skip


@cache
def _alpha2_by_alpha3() -> dict[str, str]:
    return {country.alpha_3: country.alpha_2 for country in pycountry.countries}


def is_country_code(code: str) -> bool:
    return code in _alpha2_by_alpha3()


@cache
def country_name(code: str, language: str) -> str:
    """The country's CLDR name. `code`: ISO 3166-1 alpha-3; an unknown one is given back as it is."""
    alpha2 = _alpha2_by_alpha3().get(code, code)
    return str(Locale.parse(language).territories.get(alpha2, code))


def alphabetical(name: str) -> str:
    """A key that sorts names as a dictionary does: accents and capitals do not count."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(letter)
    )


@cache
def _choices_in(language: str) -> list[tuple[str, str]]:
    named = sorted(
        ((code, country_name(code, language)) for code in _alpha2_by_alpha3()),
        key=lambda choice: alphabetical(choice[1]),
    )
    return [choice for choice in named if choice[0] in REGION] + [choice for choice in named if choice[0] not in REGION]


def region_choices() -> list[tuple[str, str]]:
    """(code, name) in the reader's language, of the countries of the region only."""
    return country_choices()[: len(REGION)]


def country_choices() -> list[tuple[str, str]]:
    """(code, name) in the reader's language, the region first."""
    return _choices_in((get_language() or "en")[:2])
