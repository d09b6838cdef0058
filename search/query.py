"""What a reader searches for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from listing.choices import Choice, Span

LONGEST_TEXT = 200
# Nobody reads past this; anyone who finds this many needs other words.
DEEPEST_RESULT = 500

Sort = Literal["relevance", "newest", "oldest", "updated", "title"]
FACETS = ("type", "topic", "country", "year", "programme")


@dataclass(frozen=True)
class SearchQuery:
    """A search request.

    `text`: at most LONGEST_TEXT characters in one line, as typed. `language`: that of the reader and of what is found.
    `filters`: choices by facet; facets without a choice are left out. `published` and `updated`: spans of
    SearchDocument.published_at and updated_at. `not_in`: a language that what is found must not exist in (see
    SearchDocument.languages); empty for any. `sort`: by relevance, published_at (documents without it last), seq (last
    changed first) or title.
    """

    text: str
    language: str
    filters: Mapping[str, Choice] = field(default_factory=dict)
    published: Span = field(default_factory=Span)
    updated: Span = field(default_factory=Span)
    not_in: str = ""
    sort: Sort = "relevance"


@dataclass(frozen=True)
class Window:
    """The part of the results to return: `size` of them, from `offset` or after the place of an earlier hit
    (Hit.place).
    """

    size: int = 10
    offset: int = 0
    after: tuple[str | float, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A query as it is understood, the same for every engine (built by `search.plan`).

    `words`: the text without quotation marks and their content. `phrases`: what was in quotation marks. `identifiers`:
    ISBN, DOI or reference numbers, as `search.documents.identifier` writes them. `alternatives`: the whole text with
    expressions replaced by equivalents (synonyms), in the reader's language, best first. `elsewhere`: for each other
    language, the text as it may be worded there, best first.
    """

    query: SearchQuery
    words: str
    phrases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.query.language


def plain(text: str) -> str:
    """Return the text in one line, without control characters and lone surrogates, which no search engine accepts."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join(kept.split())[:LONGEST_TEXT]
