"""The measures of relevance give the right values for hand-made lists, and judged queries name existing contents."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from core.content_types.identity import content_id_of
from deploy.relevance.judgements import LANGUAGES, NO_ANSWER, PREFIX, Judged, read_judgements
from deploy.relevance.metrics import mean, ndcg, reciprocal_rank, success_at_1
from deploy.relevance.runs import Answer, rank_changes, scores

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = {
    ROOT / "search" / "judgements": [ROOT / "home" / "content" / "starter", ROOT / "home" / "content" / "sample"],
    ROOT / "tests" / "relevance_unseen": [ROOT / "tests" / "relevance_unseen" / "content"],
}


def test_the_best_order_is_worth_one_and_nothing_found_is_worth_none() -> None:
    assert ndcg([3, 2, 1], [1, 3, 2]) == pytest.approx(1)
    assert ndcg([], [3]) == 0
    assert ndcg([0, 0], [3]) == 0
    assert ndcg([1], []) == 0


def test_a_gain_grows_with_the_power_of_the_grade_and_sinks_with_the_logarithm_of_the_rank() -> None:
    best = 7 + 1 / log2(3)
    assert ndcg([1, 3], [3, 1]) == pytest.approx((1 + 7 / log2(3)) / best)
    assert ndcg([0, 3], [3]) == pytest.approx(1 / log2(3))


def test_results_beyond_the_tenth_are_worth_nothing() -> None:
    assert ndcg([0] * 10 + [3], [3]) == 0
    assert reciprocal_rank([0] * 10 + [3]) == 0


def test_rank_and_success_of_the_first_relevant_result() -> None:
    assert reciprocal_rank([0, 1, 3]) == 0.5
    assert (success_at_1([1]), success_at_1([0, 3]), success_at_1([])) == (1, 0, 0)
    assert (mean([1, 0]), mean([])) == (0.5, 0)


def test_suggestions_and_queries_without_an_answer_are_scored_apart() -> None:
    content = content_id_of("news", "a")
    answers = [
        Answer(Judged("a", "en", "exact", {"news/a": 3}), (content,)),
        Answer(Judged("b", "en", "typo", {"news/a": 3}), ()),
        Answer(Judged("c", "en", PREFIX, {"news/a": 3}), (content,)),
        Answer(Judged("d", "en", NO_ANSWER, {}), ()),
        Answer(Judged("e", "en", NO_ANSWER, {}), (content,)),
    ]
    found = scores(answers)
    assert (found.ndcg, found.success_at_1, found.nothing) == (0.5, 0.5, 0.5)
    assert (found.suggest_ndcg, found.no_answer_empty) == (1, 0.5)


def test_changes_between_runs_are_told_by_rank() -> None:
    before = {"en: q": ["a", "b", "c"], "en: same": ["a"], "en: only before": ["a"]}
    after = {"en: q": ["b", "a", "d"], "en: same": ["a"]}
    assert list(rank_changes(before, after)) == [
        ("en: q", ["b: 2 → 1", "a: 1 → 2", "d: new at 3", "c: gone from 3"]),
    ]


@pytest.mark.parametrize("folder", COLLECTIONS, ids=lambda folder: folder.name)
def test_every_judged_content_exists_in_the_language_of_its_query(folder: Path) -> None:
    missing = [
        (judged.language, judged.text, name)
        for judged in read_judgements(folder)
        for name in judged.grades
        if not any((bundle / f"{name}.{judged.language}.md").exists() for bundle in COLLECTIONS[folder])
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_queries_of_many_kinds(language: str) -> None:
    own = [judged for judged in read_judgements(ROOT / "search" / "judgements") if judged.language == language]
    assert len(own) >= 42
    kinds = {"exact", "inflection", "spelling", "typo", "acronym", "phrase", "question", "name", "other_language"}
    assert kinds | {PREFIX, NO_ANSWER} <= {judged.kind for judged in own}


def test_a_grade_that_is_none_and_an_unknown_kind_are_told(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.yaml").write_text("exact:\n  a: {news/a: 4}\n", "utf-8")
    with pytest.raises(ValueError, match="not 1, 2 or 3"):
        read_judgements(tmp_path)
    (tmp_path / "ar.yaml").write_text("guess:\n  a: {news/a: 3}\n", "utf-8")
    with pytest.raises(ValueError, match="not a kind"):
        read_judgements(tmp_path)
