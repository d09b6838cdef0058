"""The interface between the engine and a database's full text search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from .text import IndexedText

Place = Literal["stems", "title", "words", "sequence", "identifiers"]


@dataclass(frozen=True)
class Term:
    """Something to look for in one place: a stem, stems that are all in the title, or words or first stems that follow
    each other.

    `language`: that of the documents. `stems`: the first stems of words that are looked for as they are typed.
    """

    place: Place
    language: str
    words: tuple[str, ...]
    stems: tuple[str, ...] = ()


class Entry(NamedTuple):
    """The fields of a document that ranking, filters and counts need. `content`: its id, 32 digits."""

    number: int
    content: str
    language: str
    type: str
    facets: str
    languages: str
    published: int | None
    updated: int
    expires: int | None
    seq: int
    title: str


COLUMNS_OF_ENTRY = "id, content_id, language, type, facets, languages, published, updated, expires, seq, title"

# By term: numbers of documents, each with how well it matches (0 if that was not requested).
Hits = Mapping[Term, Mapping[int, float]]


class Store(Protocol):
    """A database's full text search. Each reading method runs one statement."""

    def hits(self, ranked: Iterable[Term], unranked: Iterable[Term]) -> Hits: ...

    def entries(self, numbers: Iterable[int]) -> list[Entry]: ...

    def versions(self, contents: Iterable[str], language: str) -> list[Entry]:
        """Return the documents of these contents in a language."""

    def beginning(self, language: str, words: Sequence[tuple[str, ...]], size: int) -> list[tuple[str, str, str]]:
        """Return (content id, title, type) of titles that have, for each of `words`, a word that begins like one of its
        readings; those that begin with all of them first, then the newest.
        """

    def write(self, removed: Iterable[int], added: Mapping[int, IndexedText]) -> None: ...
