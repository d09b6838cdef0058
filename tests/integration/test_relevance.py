"""The results of judged queries do not get worse: the floors are a little below the measurements (`make relevance`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from bundles.loader import load
from bundles.reader import read_bundle
from deploy.relevance.judgements import LANGUAGES, NO_ANSWER, PREFIX, read_judgements
from deploy.relevance.runs import Answer, ask, scores
from deploy.relevance.systems import Ours
from tests.search_engines import Searched, stored_documents

ROOT = Path(__file__).resolve().parents[2]
UNSEEN = ROOT / "tests" / "relevance_unseen"
# nDCG@10 of searches (all and by language) and of suggestions; share of unanswerable queries that find nothing.
FLOORS = {"all": 0.95, "ar": 0.94, "en": 0.94, "fr": 0.94, PREFIX: 0.97, NO_ANSWER: 0.9}
# By kind, for all languages together, if there are enough queries to be meaningful.
FLOORS_OF_KINDS = {
    "exact": 0.94, "inflection": 0.93, "spelling": 0.89, "accents": 0.95, "clitics": 0.93, "typo": 0.9, "acronym": 0.9,
    "phrase": 0.98, "question": 0.86, "name": 0.95, "other_language": 0.95,
}  # fmt: skip
# For the second collection, searched together with the contents of the first, which were not judged for it.
FLOORS_OF_UNSEEN = {"all": 0.89, "ar": 0.87, "en": 0.88, "fr": 0.88, PREFIX: 0.9, NO_ANSWER: 0.8}


@pytest.mark.slow
def test_judged_queries_find_what_they_should(searched: Searched) -> None:
    answers = ask(Ours(searched.engine.name, searched.engine), read_judgements(ROOT / "search" / "judgements"))
    assert _below(_measured(answers), FLOORS) == {}
    of_kinds = {
        kind: scores(answer for answer in answers if answer.judged.kind == kind).ndcg for kind in FLOORS_OF_KINDS
    }
    assert _below(of_kinds, FLOORS_OF_KINDS) == {}


@pytest.mark.slow
def test_queries_that_nothing_was_tuned_on_find_what_they_should(searched: Searched) -> None:
    known = {document.content_id for document in stored_documents()}
    load(read_bundle(UNSEEN / "content"))
    searched.add(*(document for document in stored_documents() if document.content_id not in known))
    answers = ask(Ours(searched.engine.name, searched.engine), read_judgements(UNSEEN))
    assert _below(_measured(answers), FLOORS_OF_UNSEEN) == {}


def _measured(answers: Iterable[Answer]) -> dict[str, float]:
    kept = list(answers)
    whole = scores(kept)
    by_language = {
        language: scores(answer for answer in kept if answer.judged.language == language).ndcg for language in LANGUAGES
    }
    return {"all": whole.ndcg, **by_language, PREFIX: whole.suggest_ndcg, NO_ANSWER: whole.no_answer_empty}


def _below(measured: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Return the figures below their floors, each with its floor, by name."""
    return {name: (round(measured[name], 3), floor) for name, floor in floors.items() if measured[name] < floor}


@pytest.mark.parametrize("collection", [ROOT / "search" / "judgements", UNSEEN], ids=["first", "second"])
def test_no_query_is_judged_twice(collection: Path) -> None:
    queries = [(judged.language, judged.text, judged.kind == PREFIX) for judged in read_judgements(collection)]
    assert len(queries) == len(set(queries))
