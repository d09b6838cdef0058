"""Search in Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from core.languages.declared import LANGUAGE_CODES
from search.documents import SearchDocument
from search.query import Plan, Window
from search.results import Found, Hit, Stage, Suggestion

from . import indices, requests
from .answers import Answer, found, hits_of, matches_well, suggestions, total_of
from .client import SEARCH_SECONDS, WRITE_SECONDS, client, failures
from .filters import counted
from .queries import Query, makes_sense, matching
from .session import SearchSession
from .writer import as_known, write


class ElasticsearchEngine:
    """Searches in Elasticsearch. `seconds`: how long one search may take."""

    name = "elasticsearch"

    def __init__(self, seconds: float = SEARCH_SECONDS) -> None:
        self.seconds = seconds

    def search(self, plan: Plan, window: Window) -> Found:
        """Search with one request if anything matches well; otherwise with two, or three if another language has it."""
        return _Search(plan, window, SearchSession(self.seconds)).found()

    def suggest(self, text: str, language: str, size: int) -> list[Suggestion]:
        (answer,) = SearchSession(self.seconds).ask([(language, requests.beginning_with(text, size))])
        return suggestions(answer)

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
        with failures():
            writer = client(WRITE_SECONDS)
            targets = indices.served(indices.existing(writer))
            write(writer, targets, changed, as_known(writer, targets, removed))


class _Search:
    def __init__(self, plan: Plan, window: Window, session: SearchSession) -> None:
        self.plan = plan
        self.window = window
        self.ask = session.ask
        self.others = [language for language in LANGUAGE_CODES if language != plan.language]

    def found(self) -> Found:
        if self.window.after:
            return self._behind()
        counts = [(other, requests.count_in(self.plan, other)) for other in self.others]
        answer, *counted_elsewhere = self.ask([self._own("words"), *counts])
        elsewhere = dict(zip(self.others, map(total_of, counted_elsewhere), strict=True))
        first = found(self.plan, answer, "words", elsewhere)
        return first if matches_well(answer) else self._understood_otherwise(first)

    def _own(self, stage: Stage) -> tuple[str, Query]:
        return self.plan.language, requests.page_of(self.plan, matching(self.plan, stage), self.window)

    def _understood_otherwise(self, first: Found) -> Found:
        """Return the first of these that finds something if no document matches well: the words in another language,
        other letters, fewer words.
        """
        nothing = Found(elsewhere=first.elsewhere, did_you_mean=first.did_you_mean)
        stages: list[Stage] = [stage for stage in ("fuzzy", "relaxed") if makes_sense(self.plan, stage)]
        others = [language for language, count in first.elsewhere.items() if count]
        questions = [*((other, requests.best_in(self.plan, other)) for other in others), *map(self._own, stages)]
        if not questions:
            return nothing
        answers = self.ask(questions)
        translated = self._translated(dict(zip(others, answers, strict=False)))
        if translated.total:
            return replace(translated, elsewhere=first.elsewhere)
        for stage, answer in zip(stages, answers[len(others) :], strict=True):
            if matches_well(answer):
                result = found(self.plan, answer, stage, first.elsewhere)
                return replace(result, did_you_mean=first.did_you_mean)
        return nothing

    def _behind(self) -> Found:
        """Return the results after a hit, in the stage that found it."""
        stage: Stage = str(self.window.after[0])  # type: ignore[assignment]
        if stage == "other_language":
            answers = self.ask([(other, requests.best_in(self.plan, other)) for other in self.others])
            return self._translated(dict(zip(self.others, answers, strict=True)))
        (answer,) = self.ask([self._own(stage)])
        return found(self.plan, answer, stage, {})

    def _translated(self, answers: Mapping[str, Answer]) -> Found:
        """Return the matches in other languages, as the versions that the reader can read."""
        best: dict[UUID, Hit] = {}
        for language, answer in answers.items():
            for hit in hits_of(answer, "other_language", language):
                if hit.content_id not in best or best[hit.content_id].score < hit.score:
                    best[hit.content_id] = hit
        ranked = sorted(best, key=lambda content: (-best[content].score, content))[: requests.MOST_TRANSLATED]
        if not ranked:
            return Found()
        own = (self.plan.language, requests.page_of_contents(self.plan, ranked, self.window))
        (answer,) = self.ask([own])
        shown = hits_of(answer, "other_language")
        hits = tuple(replace(best[hit.content_id], score=hit.score, place=hit.place) for hit in shown)
        total = total_of(answer)
        return Found(hits, total, total, "other_language", counted(answer["aggregations"]))
