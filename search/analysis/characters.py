"""Unify letters that readers treat as the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 64
# Apostrophes as different keyboards and word processors write them.
APOSTROPHES = "'’‘ʼ`＇′ʹ"
# Vowel signs and accents that follow their letter, and invisible characters that control how text is written.
_SIGNS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# An acronym with its full stops (U.N.), or letters and digits with signs and apostrophes between them.
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
    """Return a word in lowercase without accents, vowel signs, tatweel and apostrophes, with one form of each Arabic
    letter and digits as 0-9. Return an empty string if nothing is left.
    """
    composed = unicodedata.normalize("NFKC", word).lower().translate(_SAME)
    parts = unicodedata.normalize("NFKD", composed).translate(_SAME)
    letters = "".join(filter(str.isalnum, parts))
    return _HAMZA_AFTER_YA.sub("ء", letters)[:LONGEST_WORD]


def surface(word: str) -> str:
    """Return a word as it is spelt, for display: lowercase with its accents, without vowel signs and tatweel."""
    composed = unicodedata.normalize("NFC", word).lower().replace(_TATWEEL, "")
    kept = (character for character in composed if unicodedata.category(character) not in ("Mn", "Cf"))
    return "".join(kept)[:LONGEST_WORD]


def is_arabic(word: str) -> bool:
    return _ARABIC.search(word) is not None
