"""Letters that are the same to a reader, written in one way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 64
# Written in different ways by keyboards and word processors.
APOSTROPHES = "'’‘ʼ`＇′ʹ"
# Vowel signs and accents that stand behind their letter, and what steers writing without being written.
_SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# An acronym with its stops (U.N.), or letters and digits with signs and apostrophes between them.
WORD = re.compile(
    rf"(?<!\w)(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?|\w(?:[{_SIGNS}{_INVISIBLE}{APOSTROPHES}]*\w)*[{_SIGNS}]*"
)
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_HAMZA_AFTER_YA = re.compile("[يى]ء")
_TATWEEL = "\u0640"
_SAME = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳ", "ا"),
        **dict.fromkeys("ئؤ", "ء"),
        **dict.fromkeys("ىیۍې", "ي"),
        **dict.fromkeys("ةھہۀەۃ", "ه"),
        "ک": "ك",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        _TATWEEL: None,
        **{chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)},
    }
)


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Small letters without accents, vowel signs, tatweel and apostrophes; one form of each Arabic letter; digits
    0-9. Empty where nothing is left.
    """
    composed = unicodedata.normalize("NFKC", word).lower().translate(_SAME)
    parts = unicodedata.normalize("NFKD", composed).translate(_SAME)
    letters = "".join(filter(str.isalnum, parts))
    return _HAMZA_AFTER_YA.sub("ء", letters)[:LONGEST_WORD]


def surface(word: str) -> str:
    """As it is spelt, for showing: small letters with their accents, without vowel signs and tatweel."""
    composed = unicodedata.normalize("NFC", word).lower().replace(_TATWEEL, "")
    kept = (character for character in composed if unicodedata.category(character) not in ("Mn", "Cf"))
    return "".join(kept)[:LONGEST_WORD]


def is_arabic(word: str) -> bool:
    return _ARABIC.search(word) is not None
