"""What a reader searches for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

LONGEST_TEXT = 200
# Nobody reads on behind this; whoever finds as many needs other words.
DEEPEST_RESULT = 500

Sort = Literal["relevance", "newest", "oldest"]
FACETS = ("type", "topic", "country", "year", "programme")


@dataclass(frozen=True)
class SearchQuery:
    """`text`: at most LONGEST_TEXT characters in one line, as typed; `language`: of the reader and of what is found.
    `types`, `topics` (slugs), `countries` (ISO 3166-1 alpha-3), `years` and `programmes` (content ids): of each filter
    any value will do, empty is no filter.
    """

    text: str
    language: str
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    programmes: tuple[UUID, ...] = ()
    sort: Sort = "relevance"

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by facet, as the text that documents hold; facets without a choice are left out."""
        chosen = {
            "type": self.types,
            "topic": self.topics,
            "country": self.countries,
            "year": tuple(map(str, self.years)),
            "programme": tuple(map(str, self.programmes)),
        }
        return {name: values for name, values in chosen.items() if values}


@dataclass(frozen=True)
class Window:
    """Which of the results: `size` of them from the `offset`th on, or after the place of an earlier hit (Hit.place)."""

    size: int = 10
    offset: int = 0
    after: tuple[str | float, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A query as it is understood, the same for every engine (`search.plan` makes it).

    `words`: the text without quotation marks and what they hold. `phrases`: what stood in quotation marks.
    `identifiers`: ISBN, DOI or reference numbers, as `search.documents.identifier` writes them. `alternatives`: the
    whole text again with expressions replaced by equivalents (synonyms), in the reader's language, best first.
    `elsewhere`: for each other language, the text as it may stand there, best first.
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
    """One line without control characters and lone surrogates, which no search engine takes."""
    kept = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join(kept.split())[:LONGEST_TEXT]
