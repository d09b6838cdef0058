"""Search in Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from core.languages import LANGUAGE_CODES
from search.documents import SearchDocument
from search.query import Plan, Window
from search.results import Found, Hit, Stage, Suggestion

from . import indices, requests
from .answers import Answer, checked, found, hits_of, matches_well, suggestions, total_of
from .client import SEARCH_SECONDS, WRITE_SECONDS, client, failures
from .conditions import counted
from .matching import Query, matching
from .writing import as_known, write

_FOLLOWING: tuple[Stage, ...] = ("other_language", "relaxed", "fuzzy")


class ElasticsearchEngine:
    """`seconds`: how long it waits for the answer to one request."""

    name = "elasticsearch"

    def __init__(self, seconds: float = SEARCH_SECONDS) -> None:
        self.seconds = seconds

    def search(self, plan: Plan, window: Window) -> Found:
        """One request where anything matches well; else two, or three where another language has it."""
        if window.after:
            return self._go_on(plan, window)
        others = [language for language in LANGUAGE_CODES if language != plan.language]
        own = (plan.language, requests.page_of(plan, matching(plan, "words"), window))
        answer, *counts = self._ask([own, *((other, requests.count_in(plan, other)) for other in others)])
        elsewhere = dict(zip(others, map(total_of, counts), strict=True))
        result = found(plan, answer, "words", elsewhere)
        if matches_well(answer):
            return result
        return self._search_on(plan, window, result)

    def _search_on(self, plan: Plan, window: Window, first: Found) -> Found:
        """Where no document matches well: other ways to understand the words, the likeliest first."""
        stages: list[Stage] = [stage for stage in ("relaxed", "fuzzy") if _makes_sense(plan, stage)]
        others = [language for language, count in first.elsewhere.items() if count]
        questions = [
            *((plan.language, requests.page_of(plan, matching(plan, stage), window)) for stage in stages),
            *((other, requests.best_in(plan, other)) for other in others),
        ]
        answers = self._ask(questions) if questions else []
        by_stage = dict(zip(stages, answers, strict=False))
        for stage in _order(plan):
            if stage == "other_language" and others:
                translated = self._translated(plan, window, dict(zip(others, answers[len(stages) :], strict=True)))
                if translated:
                    return replace(translated, elsewhere=first.elsewhere)
            elif stage in by_stage and matches_well(by_stage[stage]):
                return replace(
                    found(plan, by_stage[stage], stage, first.elsewhere),
                    did_you_mean=first.did_you_mean,
                )
        return Found(elsewhere=first.elsewhere, did_you_mean=first.did_you_mean)

    def _go_on(self, plan: Plan, window: Window) -> Found:
        """Behind a hit, in the stage that it was found in."""
        stage: Stage = str(window.after[0])  # type: ignore[assignment]
        if stage == "other_language":
            others = [language for language in LANGUAGE_CODES if language != plan.language]
            answers = self._ask([(other, requests.best_in(plan, other)) for other in others])
            return self._translated(plan, window, dict(zip(others, answers, strict=True))) or Found()
        (answer,) = self._ask([(plan.language, requests.page_of(plan, matching(plan, stage), window))])
        return found(plan, answer, stage, {})

    def _translated(self, plan: Plan, window: Window, answers: Mapping[str, Answer]) -> Found | None:
        """What was found in other languages, as the contents that the reader can read."""
        best: dict[UUID, Hit] = {}
        for language, answer in answers.items():
            for hit in hits_of(answer, "other_language", language):
                if hit.content_id not in best or best[hit.content_id].score < hit.score:
                    best[hit.content_id] = hit
        ranked = sorted(best, key=lambda content: (-best[content].score, content))[: requests.MOST_TRANSLATED]
        if not ranked:
            return None
        (answer,) = self._ask([(plan.language, requests.page_of_contents(plan, ranked, window))])
        own = hits_of(answer, "other_language")
        hits = tuple(replace(best[hit.content_id], score=hit.score, place=hit.place) for hit in own)
        total = total_of(answer)
        return Found(hits, total, total, "other_language", counted(answer["aggregations"]))

    def _ask(self, questions: list[tuple[str, Query]]) -> list[Answer]:
        """All of them in one request, each in the index of its language."""
        searches: list[Query] = []
        for language, body in questions:
            header = {"index": indices.read_alias(language), "allow_partial_search_results": False}
            searches += [header, {**body, "timeout": f"{self.seconds * 1000:.0f}ms"}]
        with failures():
            answer = client(self.seconds).msearch(searches=searches)
        return [checked(one) for one in answer["responses"]]

    def suggest(self, text: str, language: str, size: int) -> list[Suggestion]:
        (answer,) = self._ask([(language, requests.beginning_with(text, size))])
        return suggestions(answer)

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
        with failures():
            writer = client(WRITE_SECONDS)
            targets = indices.served(indices.existing(writer))
            write(writer, targets, changed, as_known(writer, targets, removed))


def _makes_sense(plan: Plan, stage: Stage) -> bool:
    return stage != "relaxed" or bool(plan.phrases) or len(plan.words.split()) >= 3


def _order(plan: Plan) -> tuple[Stage, ...]:
    return _FOLLOWING
