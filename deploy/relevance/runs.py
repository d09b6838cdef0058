"""Runs: the results of a system for every judged query. A run can be saved and compared with another rank by rank."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from .judgements import NO_ANSWER, PREFIX, Judged
from .metrics import mean, ndcg, reciprocal_rank, success_at_1
from .systems import System


@dataclass(frozen=True)
class Answer:
    """The results for a judged query, best first."""

    judged: Judged
    found: tuple[UUID, ...]

    @property
    def grades(self) -> list[int]:
        return [self.judged.grade_by_id.get(content, 0) for content in self.found]

    @property
    def ndcg(self) -> float:
        return ndcg(self.grades, self.judged.grades.values())


@dataclass(frozen=True)
class Scores:
    """The scores of a run.

    For searches: nDCG@10, mean reciprocal rank, share with a relevant first result, share without any result. For
    suggestions: nDCG@10. For queries that have no answer: the share with no results.
    """

    ndcg: float
    reciprocal_rank: float
    success_at_1: float
    nothing: float
    suggest_ndcg: float
    no_answer_empty: float


def ask(system: System, queries: Iterable[Judged]) -> list[Answer]:
    """Return the system's answers: suggestions for queries of the kind `prefix`, search results for all others."""
    answers = []
    for judged in queries:
        method = system.suggest if judged.kind == PREFIX else system.search
        answers.append(Answer(judged, tuple(method(judged.text, judged.language))))
    return answers


def scores(answers: Iterable[Answer]) -> Scores:
    kept = list(answers)
    searches = [answer for answer in kept if answer.judged.kind not in (PREFIX, NO_ANSWER)]
    return Scores(
        ndcg=mean(answer.ndcg for answer in searches),
        reciprocal_rank=mean(reciprocal_rank(answer.grades) for answer in searches),
        success_at_1=mean(success_at_1(answer.grades) for answer in searches),
        nothing=mean(not answer.found for answer in searches),
        suggest_ndcg=mean(answer.ndcg for answer in kept if answer.judged.kind == PREFIX),
        no_answer_empty=mean(not answer.found for answer in kept if answer.judged.kind == NO_ANSWER),
    )


Ranks = dict[str, list[str]]


def ranks(answers: Iterable[Answer], names: Mapping[UUID, str]) -> Ranks:
    """Return the names of the results, best first, by language and query."""
    return {
        f"{answer.judged.language}: {answer.judged.text}": [
            names.get(content, str(content)) for content in answer.found
        ]
        for answer in answers
    }


def save(path: Path, by_system: Mapping[str, Ranks]) -> None:
    path.write_text(json.dumps(by_system, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(path: Path) -> dict[str, Ranks]:
    by_system: dict[str, Ranks] = json.loads(path.read_text("utf-8"))
    return by_system


def rank_changes(before: Ranks, after: Ranks) -> Iterator[tuple[str, list[str]]]:
    """Yield each query whose results differ, with how contents moved: `a: 3 → 1`, `b: new at 2`, `c: gone from 1`."""
    for query in sorted(before.keys() & after.keys()):
        old, new = before[query], after[query]
        moved = [change for name in dict.fromkeys([*new, *old]) if (change := _change(name, old, new))]
        if moved:
            yield query, moved


def _change(name: str, old: list[str], new: list[str]) -> str:
    if name not in old:
        return f"{name}: new at {new.index(name) + 1}"
    if name not in new:
        return f"{name}: gone from {old.index(name) + 1}"
    before, after = old.index(name) + 1, new.index(name) + 1
    return "" if before == after else f"{name}: {before} → {after}"
