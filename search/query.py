from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_TEXT = 200
LAST_PAGE = 50


@dataclass(frozen=True)
class SearchQuery:
    """What a reader searches for. `text`: at most LONGEST_TEXT characters; `page`: from 1."""

    text: str
    language: str
    page: int = 1

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str], language: str) -> SearchQuery:
        """From an address: `q` and `page`. Nothing in it is an error; what cannot be meant is left out."""
        page = parameters.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= 4 else 1
        return cls(_plain(parameters.get("q", "")), language, min(max(number, 1), LAST_PAGE))


def _plain(text: str) -> str:
    """One line without control characters and lone surrogates, which no search engine takes."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join(kept.split())[:LONGEST_TEXT]
