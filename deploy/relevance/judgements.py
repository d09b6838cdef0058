"""Reads judged queries (search/judgements/en.yaml describes the format at its top)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import yaml

from core.content_types.identity import content_id_of

LANGUAGES = ("ar", "en", "fr")
PREFIX = "prefix"
NO_ANSWER = "no_answer"
KINDS = (
    "exact", "inflection", "spelling", "accents", "clitics", "typo", "acronym", "synonym", "phrase", "question", "name",
    "other_language", PREFIX, NO_ANSWER,
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """A query as a reader of `language` types it. `grades` are 1 to 3, by content (`kind/stem` in its bundle)."""

    text: str
    language: str
    kind: str
    grades: dict[str, int]

    @property
    def grade_by_id(self) -> dict[UUID, int]:
        return {content_id_of(*name.split("/")): grade for name, grade in self.grades.items()}


def read_judgements(folder: Path) -> list[Judged]:
    """Return all queries in a folder of `<language>.yaml` files. Raise ValueError if an entry is invalid."""
    return [judged for language in LANGUAGES for judged in _read(folder / f"{language}.yaml", language)]


def _read(path: Path, language: str) -> list[Judged]:
    by_kind = yaml.safe_load(path.read_text("utf-8"))
    judged = [
        Judged(str(text), language, kind, grades or {})
        for kind, queries in by_kind.items()
        for text, grades in queries.items()
    ]
    for one in judged:
        _check(one, path)
    return judged


def _check(judged: Judged, path: Path) -> None:
    wrong = ""
    if judged.kind not in KINDS:
        wrong = f"“{judged.kind}” is not a kind; known are {', '.join(KINDS)}"
    elif set(judged.grades.values()) - {1, 2, 3}:
        wrong = f"“{judged.text}” has a grade that is not 1, 2 or 3"
    elif (judged.kind == NO_ANSWER) == bool(judged.grades):
        wrong = f"“{judged.text}” has grades, or none, against its kind"
    if wrong:
        raise ValueError(f"{path}: {wrong}")
