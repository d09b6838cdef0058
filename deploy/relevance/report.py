"""Prints the measurements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from .judgements import KINDS, LANGUAGES, NO_ANSWER, PREFIX
from .runs import Answer, Ranks, rank_changes, scores

_COLUMNS = ("nDCG@10", "MRR", "succ@1", "nothing", "suggest", "no answer")
_WIDTH = 24


def print_scores(by_system: Mapping[str, Sequence[Answer]]) -> None:
    """Print a line of scores for each system and language."""
    print(f"\n{'':{_WIDTH}}{'':5}" + "".join(f"{column:>10}" for column in _COLUMNS))
    for name, answers in by_system.items():
        for language in ("all", *LANGUAGES):
            kept = [answer for answer in answers if language in ("all", answer.judged.language)]
            values = vars(scores(kept)).values()
            print(f"{name if language == 'all' else '':{_WIDTH}}{language:5}" + "".join(f"{v:10.3f}" for v in values))
    print(
        "suggest: nDCG@10 of suggestions; nothing: searches without a result; no answer: those that rightly have none"
    )


def print_kinds(by_system: Mapping[str, Sequence[Answer]]) -> None:
    """Print nDCG@10 by kind of query, with a column for each system that contains a value for each language."""
    print("\nnDCG@10 by kind (ar / en / fr)")
    print(f"{'':16}" + "".join(f"{name:>{_WIDTH}}" for name in by_system))
    for kind in KINDS:
        if kind != NO_ANSWER:
            cells = (_cell(answers, kind) for answers in by_system.values())
            print(f"{kind:16}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))


def _cell(answers: Sequence[Answer], kind: str) -> str:
    values = []
    for language in LANGUAGES:
        kept = [answer for answer in answers if (answer.judged.kind, answer.judged.language) == (kind, language)]
        one = scores(kept)
        values.append(f"{one.suggest_ndcg if kind == PREFIX else one.ndcg:.2f}" if kept else "-")
    return " / ".join(values)


def print_worst(name: str, answers: Iterable[Answer], names: Mapping[UUID, str], count: int) -> None:
    """Print the queries with the worst answers, each with its results (grade first) and the wanted contents."""
    print(f"\nWorst of {name}")
    poor = [answer for answer in answers if _score(answer) < 1]
    for answer in sorted(poor, key=_score)[:count]:
        judged = answer.judged
        print(f"  {_score(answer):.2f}  {judged.language} {judged.kind}: {judged.text}")
        found = [
            f"{grade} {names.get(content, content)}" for grade, content in zip(answer.grades, answer.found, strict=True)
        ]
        print(f"        found:  {', '.join(found[:6]) or 'nothing'}")
        print(
            f"        wanted: {', '.join(f'{grade} {wanted}' for wanted, grade in judged.grades.items()) or 'nothing'}"
        )


def _score(answer: Answer) -> float:
    return float(not answer.found) if answer.judged.kind == NO_ANSWER else answer.ndcg


def print_changes(name: str, before: Ranks, after: Ranks) -> None:
    """Print the ranks that differ from those of an earlier run."""
    print(f"\nChanges of {name}")
    number = 0
    for query, changes in rank_changes(before, after):
        number += 1
        print(f"  {query}\n        {'; '.join(changes)}")
    print(f"  {number} of {len(before.keys() & after.keys())} queries changed")
