"""Expressions that mean the same, compiled so that they are recognised in what readers type.

An expression is recognised by the stems of its words without stop words, so one form covers all inflections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from core.languages.declared import DECLARED, LANGUAGE_CODES

from .analysis import Token, tokens

Stems = tuple[str, ...]
_LITTLE = 3


@dataclass(frozen=True)
class Expression:
    """A compiled expression. `stems`: what it is recognised by; none if it consists of stop words."""

    text: str
    language: str
    stems: Stems


@dataclass(frozen=True)
class Match:
    """The place of a group's expression in a text, from `start` to `end`."""

    start: int
    end: int
    stems: Stems
    group: int


def expression(text: str, language: str) -> Expression:
    """Compile an expression. An acronym that is otherwise a stop word (WHO in English, UN in French) is recognised in
    capitals only.
    """
    stems = tuple(_stem_of(token) for token in tokens(text, language) if token.stems)
    if _is_acronym(text) and any(not token.stems for code in LANGUAGE_CODES for token in tokens(text, code)):
        stems = (text,)
    return Expression(text, language, stems)


def _stem_of(token: Token) -> str:
    """Return the stem of a word, or the word itself if too little is left of it: “AIDS” is not “aid”."""
    stem = token.stems[0]
    return token.word if token.word.isascii() and len(stem) <= _LITTLE else stem


def _is_acronym(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.isupper() and len(word) > 1


@dataclass
class Glossary:
    """Groups of expressions that mean the same."""

    groups: list[Mapping[str, list[Expression]]] = field(default_factory=list)
    # Language → first stem → the expressions that begin with it: stems, number of the group, whether it is distinctive.
    _index: dict[str, dict[str, list[tuple[Stems, int, bool]]]] = field(default_factory=dict)

    def add(self, group: Mapping[str, Iterable[str]], *, of_names: bool = False) -> None:
        """Add a group of expressions by language. Void ones are left out; of equal ones, one is kept.

        `of_names`: whether they are proper names, which no other language uses for something else.
        """
        number = len(self.groups)
        compiled: dict[str, list[Expression]] = {}
        for language, texts in group.items():
            by_stems: dict[Stems, Expression] = {}
            for found in (expression(text, language) for text in texts):
                if found.stems and found.stems not in by_stems:
                    by_stems[found.stems] = found
                    first = self._index.setdefault(language, {}).setdefault(found.stems[0], [])
                    distinctive = of_names or len(found.stems) > 1 or _is_acronym(found.text.rstrip("s"))
                    first.append((found.stems, number, distinctive))
            compiled[language] = list(by_stems.values())
        self.groups.append(compiled)

    def matches(self, text: str, reader: str) -> list[Match]:
        """Return the expressions in a text typed by a reader of the language `reader`.

        If expressions overlap, the longest counts; one that is in several groups stands for all of them. Expressions of
        other languages are recognised too, but single words of the same script only if they are distinctive ("stage" is
        English and French).
        """
        languages = [reader, *(language for language in LANGUAGE_CODES if language != reader)]
        found = [match for language in languages for match in self._in_language(text, language, reader)]
        found.sort(key=lambda match: (match.start - match.end, match.start))
        kept: list[Match] = []
        for match in found:
            if all(_same_place(match, other) or _apart(match, other) for other in kept) and match not in kept:
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def groups_with(self, stems: Stems, language: str) -> list[int]:
        """Return the numbers of the groups that contain an expression."""
        candidates = self._index.get(language, {}).get(stems[0], []) if stems else []
        return [number for found, number, _ in candidates if found == stems]

    def _in_language(self, text: str, language: str, reader: str) -> Iterator[Match]:
        index = self._index.get(language, {})
        any_word = language == reader or DECLARED[language].script != DECLARED[reader].script
        words = [(token, _readings(token, text)) for token in tokens(text, language)]
        words = [(token, readings) for token, readings in words if readings]
        for position, (token, readings) in enumerate(words):
            for first in readings:
                for stems, group, distinctive in index.get(first, ()):
                    following = words[position : position + len(stems)]
                    complete = len(following) == len(stems) and (any_word or distinctive)
                    if complete and all(stem in known for stem, (_, known) in zip(stems, following, strict=True)):
                        yield Match(token.start, following[-1][0].end, stems, group)


def _readings(token: Token, text: str) -> tuple[str, ...]:
    """Return what a word may be recognised by: its stems or itself; a stop word only as an acronym."""
    as_typed = text[token.start : token.end]
    own = (*token.stems, token.word, token.word.removesuffix("s")) if token.stems else ()
    return (*own, as_typed) if _is_acronym(as_typed) else own


def _same_place(one: Match, other: Match) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _apart(one: Match, other: Match) -> bool:
    return one.end <= other.start or other.end <= one.start
