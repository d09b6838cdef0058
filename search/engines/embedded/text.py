"""A document's text as both databases index it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.analysis import Token, bare, surface, tokens
from search.analysis.characters import APOSTROPHES
from search.documents import SearchDocument

# Columns of the text that is found by stems, most important first, and what a word in each of them weighs.
COLUMNS = {"title": 4.0, "summary": 2.0, "body": 1.0, "meta": 1.0, "names": 0.5}
# Stands between texts, so that no phrase reaches from one into the next; and before whole titles and identifiers. Not
# in ASCII, because FTS5's tokenizer splits only there, and no folded word holds it.
FENCE = "¶"
WHOLE = "¬"
_SHORTEST_WORD = 2
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


@dataclass
class IndexedText:
    """`stems`: by column the readings at each position. `words` and `sequence`: every word, folded, and its first stem,
    in the order of the text. `beginnings`: what suggestions complete. Everything begins with the language's code, so
    that languages do not share statistics. `vocabulary`: (word, bare, surface) of the words worth correcting to.
    """

    stems: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    sequence: list[str] = field(default_factory=list)
    beginnings: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    vocabulary: dict[str, tuple[str, str]] = field(default_factory=dict)


def indexed(document: SearchDocument) -> IndexedText:
    text = IndexedText()
    language = document.language
    for column in COLUMNS:
        content: str = getattr(document, column)
        found = list(tokens(content, language))
        text.stems[column] = [tuple(language + stem for stem in token.stems) for token in found if token.stems]
        if column != "names":
            text.words += [*(language + token.word for token in found), language + FENCE]
            text.sequence += [*(language + in_sequence(token) for token in found), language + FENCE]
            _learn(text.vocabulary, found, content)
    text.beginnings = [language + beginning for beginning in _beginnings(document.title, language)]
    text.identifiers = [language + WHOLE + identifier for identifier in document.identifiers]
    return text


def in_sequence(token: Token) -> str:
    """What a word is in phrases: its first stem, or itself where it is a stop word."""
    return token.stems[0] if token.stems else token.word


def _learn(vocabulary: dict[str, tuple[str, str]], found: Iterable[Token], content: str) -> None:
    for token in found:
        if token.stems and len(token.word) >= _SHORTEST_WORD and not token.word.isdecimal():
            vocabulary.setdefault(token.word, (bare(token.word), surface(content[token.start : token.end])))


def _beginnings(title: str, language: str) -> Iterable[str]:
    words = words_begun(title, language)
    for number, readings in enumerate(words):
        for spelt in readings:
            yield spelt
            if number == 0:
                yield WHOLE + "".join((spelt, *(later[0] for later in words[1:])))


def words_begun(text: str, language: str) -> list[tuple[str, ...]]:
    """Words as suggestions complete them, each as it is and without what Arabic joins to it; what French writes onto a
    word is a word of its own.
    """
    found = tokens(_APOSTROPHE.sub(" ", text), language)
    return [tuple(dict.fromkeys((token.word, bare(token.word)))) for token in found]
