"""One search: stage after stage, until one finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property, partial

from core.languages.declared import languages_written_in
from search.analysis import is_mostly_arabic, stems, tokens
from search.query import Plan
from search.results import Stage

from .filters import Conditions
from .ranking import RELAXED, STRONG, Match, Matches, hits_of, matches, well_matching
from .sorting import Candidate, recency
from .spelling import Known, Meant, meant
from .stores import Entry, Hits, Store, Term
from .terms import Word, Wording, wordings, wordings_elsewhere

_MOST_TERMS = 300
# The weights of a word that is one letter off, and of one from the same family.
_ONE_LETTER_OFF = 0.8
_RELATIVE = 0.5
_IDENTIFIED = 1000.0


Finds = Callable[[], list[Candidate]]


class Searching:
    """The part of the index that a plan touches, each query run once, when it is needed."""

    def __init__(self, plan: Plan, store: Store, now: datetime) -> None:
        self.plan = plan
        self.wordings = wordings(plan)
        self.elsewhere = wordings_elsewhere(plan)
        self.conditions = Conditions(plan.query, now)
        # The words used in place of the query's, if they led to what was found.
        self.other_words: list[Wording] = []
        self._store = store

    def stage(self, name: str) -> tuple[Stage, list[Candidate]]:
        """Return the results of the named stage or, without a name, of the first stage that finds anything.

        Filters are ignored here: they choose among what a stage found.
        """
        for stage, finds in [step for step in self._steps() if step[0] == name] or self._steps():
            if found := finds():
                return stage, found
        return "none", []

    def _steps(self) -> list[tuple[Stage, Finds]]:
        """Return the stages in order: all words as they are in another language say more than some of them, or similar
        ones, in this one.
        """
        foreign = is_mostly_arabic(self.plan.query.text) != (self.plan.language in languages_written_in("Arab"))
        words: tuple[Stage, Finds] = ("words", self._words)
        translated: tuple[Stage, Finds] = ("other_language", self._other_language)
        others: list[tuple[Stage, Finds]] = [
            ("fuzzy", partial(self._fuzzy, relatives=False)),
            ("relaxed", self._relaxed),
            ("fuzzy", partial(self._fuzzy, relatives=True)),
        ]
        return [words, translated, *others] if foreign or self._elsewhere[1] else [words, *others, translated]

    def _words(self) -> list[Candidate]:
        identified = self._hit_by(self._identifiers)
        found = dict(self._matches)
        for number in identified:
            found[number] = Match(True, _IDENTIFIED, 1, 1)
        if not any(match.strong for match in found.values()):
            return []
        return self._candidates({n: match for n, match in found.items() if match.strong or not identified})

    def _relaxed(self) -> list[Candidate]:
        """Find half of the words if there are three or more, one of two in the title, those of a phrase anywhere."""
        phrases = any(wording.phrases for wording in self.wordings)
        found = matches(self.wordings, self._hits, phrases=False)
        share = STRONG if phrases else RELAXED
        titled = self._hit_by(self.wordings[0].in_title if self.wordings else ())
        return self._candidates(
            {
                number: match
                for number, match in found.items()
                if match.has(share) and (match.words >= 3 or phrases or number in titled)
            }
        )

    def _fuzzy(self, *, relatives: bool) -> list[Candidate]:
        """Find all words, replacing those that no text has by similarly spelt ones and, with `relatives`, ones of the
        same family.
        """
        wording = self._other_words(relatives)
        if wording is None:
            return []
        hits = self._store.hits(list(wording.terms()), ())
        found = {number: match for number, match in matches([wording], hits).items() if match.is_whole}
        self.other_words = [wording]
        return self._candidates(found)

    def _other_language(self) -> list[Candidate]:
        """Return the reader's versions of good matches in the other languages."""
        if not any(self._elsewhere[0].values()):
            return []
        hits = self._store.hits([term for wording in self.elsewhere for term in wording.terms()][:_MOST_TERMS], ())
        found = {number: match for number, match in matches(self.elsewhere, hits).items() if match.strong}
        texts: dict[str, tuple[Entry, Match]] = {}
        for entry in sorted(self._store.entries(found), key=lambda entry: (found[entry.number].score, entry.number)):
            texts[entry.content] = (entry, found[entry.number])
        versions = self._store.versions(texts, self.plan.language)
        return [
            Candidate(entry, texts[entry.content][0], True, texts[entry.content][1].score)
            for entry in versions
            if self.conditions.is_current(entry)
        ]

    def _candidates(self, found: Matches) -> list[Candidate]:
        return [
            Candidate(entry, entry, match.strong, match.score * recency(entry, self.conditions.now))
            for entry in (self._store.entries(found) if found else ())
            if self.conditions.is_current(entry)
            for match in (found[entry.number],)
        ]

    def counts_elsewhere(self) -> dict[str, int]:
        """Return how many documents match well in each other language."""
        found = self._elsewhere[0]
        if not self.conditions.are_empty and any(found.values()):
            entries = self._store.entries(number for numbers in found.values() for number in numbers)
            admitted = {entry.number for entry in entries if self.conditions.admit(entry)}
            return {language: len(numbers & admitted) for language, numbers in found.items()}
        return {language: len(numbers) for language, numbers in found.items()}

    @cached_property
    def did_you_mean(self) -> str:
        """The text with those words corrected that no text has; empty if there is nothing to correct."""
        text = self.plan.query.text
        for token in reversed(list(tokens(text, self.plan.language))):
            if likeliest := self._meant.get(token.word, Meant()).corrections:
                text = text[: token.start] + likeliest[0][0].surface + text[token.end :]
        return text if text != self.plan.query.text else ""

    @cached_property
    def _meant(self) -> Mapping[str, Meant]:
        """The words that may be meant by those of the query's own words that no text has."""
        own = self.wordings[0].words if self.wordings else ()
        return meant([word.text for word in own if not hits_of(word, self._hits)], self.plan.language)

    def _other_words(self, relatives: bool) -> Wording | None:
        if not self._meant:
            return None
        words = [self._other_word(word, relatives) for word in self.wordings[0].words]
        return Wording(self.plan.language, tuple(words)) if all(word.readings for word in words) else None

    def _other_word(self, word: Word, relatives: bool) -> Word:
        if hits_of(word, self._hits):
            return word
        found = self._meant.get(word.text, Meant())
        worths: list[tuple[Known, float]] = [
            *((known, _ONE_LETTER_OFF**distance) for known, distance in found.corrections),
            *((known, _RELATIVE) for known in found.relatives if relatives),
        ]
        terms: dict[Term, float] = {}
        for known, worth in worths:
            for stem in stems(known.word, self.plan.language):
                terms.setdefault(Term("stems", self.plan.language, (stem,)), worth)
        return Word(word.text, tuple(terms.items()))

    @cached_property
    def _identifiers(self) -> list[Term]:
        return [Term("identifiers", self.plan.language, (found,)) for found in self.plan.identifiers if found.isalnum()]

    @cached_property
    def _hits(self) -> Hits:
        own = [*self._identifiers, *_terms(self.wordings)][:_MOST_TERMS]
        others = [term for wording in self.wordings for term in wording.unranked()]
        return self._store.hits(own, [*others, *_terms(self.elsewhere)][: _MOST_TERMS - len(own)])

    @cached_property
    def _matches(self) -> Matches:
        return matches(self.wordings, self._hits)

    @cached_property
    def _elsewhere(self) -> tuple[dict[str, set[int]], bool]:
        return well_matching(self.elsewhere, self._hits)

    def _hit_by(self, terms: Iterable[Term]) -> set[int]:
        return {number for term in terms for number in self._hits.get(term, ())}


def _terms(wordings: Iterable[Wording]) -> dict[Term, None]:
    return dict.fromkeys(term for wording in wordings for term in wording.terms())
