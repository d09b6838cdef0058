"""What to look for: the words of a query, each in all its readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.analysis import Token, tokens
from search.query import Plan

from .stores import Term
from .text import in_sequence

# Any further words are ignored.
MOST_WORDS = 24
_MOST_READINGS = 5
_TWO = 2
# The weight of a reading other than the first.
_OTHER_READING = 0.7
# The weight of words that an editor made equivalent.
_EQUIVALENT = 0.9


@dataclass(frozen=True)
class Word:
    """A folded word of a query, with the terms that it may be found by and their weights."""

    text: str
    readings: tuple[tuple[Term, float], ...]


@dataclass(frozen=True)
class Wording:
    """Words that are looked for together.

    `worth`: the weight of all they find. `phrases`: each as stems and as the words themselves; the stems must be found.
    `whole` and `title`: all words one after the other, and all in the title, if there are several. `in_title`: each of
    two words.
    """

    language: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[Term, Term], ...] = ()
    whole: Term | None = None
    title: Term | None = None
    in_title: tuple[Term, ...] = ()
    worth: float = 1.0

    def terms(self) -> Iterator[Term]:
        for word in self.words:
            yield from (term for term, _ in word.readings)
        for phrase in self.phrases:
            yield from phrase

    def unranked(self) -> Iterator[Term]:
        """Yield the terms for which it only matters whether they hit."""
        yield from (term for term in (self.whole, self.title, *self.in_title) if term)


def wordings(plan: Plan) -> list[Wording]:
    """Return the query's own words, then its equivalents."""
    own = wording(" ".join((plan.words, *plan.phrases)), plan.language, plan.phrases)
    others = (wording(text, plan.language, worth=_EQUIVALENT) for text in plan.alternatives)
    return [found for found in (own, *(_as_short_as(own, other) for other in others)) if found.words]


def _as_short_as(own: Wording, other: Wording) -> Wording:
    """Return `other`, weighted so that longer words for the same meaning do not score more."""
    return replace(other, worth=other.worth * min(1.0, len(own.words) / max(len(other.words), 1)))


def wordings_elsewhere(plan: Plan) -> list[Wording]:
    """Return the query in the words of the other languages."""
    found = [wording(text, language) for language, texts in plan.elsewhere.items() for text in texts]
    return [one for one in found if any(term.place == "stems" for term in one.terms())]


def wording(text: str, language: str, phrases: Iterable[str] = (), worth: float = 1.0) -> Wording:
    found = _first(tokens(text, language))
    words = {token.stems[0]: word_of(token, language) for token in found if token.stems}
    if not words:
        # Stop words alone are looked for as they are: WHO, IT.
        words = {token.word: Word(token.word, ((Term("words", language, (token.word,)), 1.0),)) for token in found}
    several = len(found) > 1 and not phrases
    whole = Term("sequence", language, tuple(map(in_sequence, found))) if several else None
    stems = tuple(words)
    title = Term("title", language, stems) if several and len(stems) > 1 else None
    in_title = tuple(Term("title", language, (stem,)) for stem in stems) if len(stems) == _TWO and worth == 1 else ()
    together = [_first(tokens(phrase, language)) for phrase in phrases]
    phrased = tuple(_phrase(one, language) for one in together if one)
    return Wording(language, tuple(words.values()), phrased, whole, title, in_title, worth)


def word_of(token: Token, language: str) -> Word:
    terms = [Term("stems", language, (stem,)) for stem in token.stems[:_MOST_READINGS]]
    return Word(token.word, tuple((term, _OTHER_READING if number else 1.0) for number, term in enumerate(terms)))


def _phrase(found: list[Token], language: str) -> tuple[Term, Term]:
    stems = tuple(map(in_sequence, found))
    words = tuple(token.word for token in found)
    return Term("sequence", language, stems), Term("words", language, words, stems)


def _first(found: Iterator[Token]) -> list[Token]:
    return [token for token, _ in zip(found, range(MOST_WORDS), strict=False)]
