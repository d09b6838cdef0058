"""A document's text as both databases index it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import Token, bare, surface, tokens
from search.analysis.characters import APOSTROPHES
from search.analysis.kinship import roots
from search.documents import SearchDocument

# Columns that are searched by stems, most important first, and the weight of a word in each.
COLUMNS = {"title": 4.0, "summary": 2.0, "body": 1.0, "meta": 1.0, "names": 0.5}
# FENCE separates texts, so that no phrase reaches from one into the next; WHOLE begins whole titles and identifiers.
# Neither is in ASCII, because FTS5's tokenizer splits only there, and no folded word contains them.
FENCE = "¶"
WHOLE = "¬"
_SHORTEST_WORD = 2
_SHORTEST_CODE = 2
Spelt = tuple[str, str, str]
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


@dataclass(frozen=True)
class IndexedText:
    """A document's text, analysed for indexing.

    `columns`: the words of each column, in the order of COLUMNS. `beginnings`: what suggestions complete. `vocabulary`:
    (bare, surface, roots) of the words worth correcting to. Indexed words begin with their language (`own`), so that
    languages do not share statistics.
    """

    language: str
    columns: dict[str, list[Token]]
    beginnings: tuple[str, ...]
    identifiers: tuple[str, ...]
    vocabulary: dict[str, Spelt]

    def own(self, words: Iterable[str]) -> list[str]:
        return [prefix_of(self.language) + word for word in words]


def prefix_of(language: str) -> str:
    """Return what indexed words of a language begin with: its code, in letters and digits only, so that none begins
    like another's.
    """
    letters = "".join(filter(str.isalnum, language.lower()))
    return letters if len(letters) == _SHORTEST_CODE else f"{len(letters)}{letters}"


def indexed(document: SearchDocument) -> IndexedText:
    language = document.language
    columns: dict[str, list[Token]] = {}
    vocabulary: dict[str, Spelt] = {}
    for column in COLUMNS:
        content: str = getattr(document, column)
        columns[column] = list(tokens(content, language))
        if column != "names":
            _learn(vocabulary, columns[column], content)
    identifiers = tuple(WHOLE + identifier for identifier in document.identifiers)
    return IndexedText(language, columns, tuple(_beginnings(document.title, language)), identifiers, vocabulary)


def in_sequence(token: Token) -> str:
    """Return what represents a word in phrases: its first stem, or the word itself if it is a stop word."""
    return token.stems[0] if token.stems else token.word


def _learn(vocabulary: dict[str, Spelt], found: Iterable[Token], content: str) -> None:
    for token in found:
        worth_it = token.stems and len(token.word) >= _SHORTEST_WORD and not token.word.isdecimal()
        if worth_it and token.word not in vocabulary:
            spelt = surface(content[token.start : token.end])
            vocabulary[token.word] = (bare(token.word), spelt, f" {' '.join(roots(token.word))} ")


def _beginnings(title: str, language: str) -> Iterable[str]:
    words = words_begun(title, language)
    for number, readings in enumerate(words):
        for spelt in readings:
            yield spelt
            if number == 0:
                yield WHOLE + "".join((spelt, *(later[0] for later in words[1:])))


def words_begun(text: str, language: str) -> list[tuple[str, ...]]:
    """Return words as suggestions complete them, each as it is and without what Arabic joins to it. What French elides
    onto a word is a word of its own.
    """
    found = tokens(_APOSTROPHE.sub(" ", text), language)
    return [tuple(dict.fromkeys((token.word, bare(token.word)))) for token in found]
