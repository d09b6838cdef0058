"""What Elasticsearch answers, as the rest of the site knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from search.engines.base import EngineUnavailable
from search.query import Plan
from search.results import Found, Hit, Stage, Suggestion

from .client import failure
from .conditions import counted

Answer = Mapping[str, Any]
_JOINED = re.compile(r"(\w+[-\u2010\u2011]\w+)<mark>(\w)</mark>(?!\w)")


def checked(answer: Answer) -> Answer:
    """The answer, where it is a whole one."""
    if "error" in answer:
        raise failure(answer["status"], answer["error"])
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineUnavailable("The answer is not complete.")
    return answer


def total_of(answer: Answer) -> int:
    total: int = answer["hits"]["total"]["value"]
    return total


def hits_of(answer: Answer, stage: Stage, language: str = "") -> tuple[Hit, ...]:
    """`language`: of the text that was found, where it is not the reader's."""
    return tuple(_hit(hit, stage, language) for hit in answer["hits"]["hits"])


def _hit(hit: Answer, stage: Stage, language: str) -> Hit:
    marked = hit.get("highlight", {})
    title, fragment = _safe(marked.get("title")), _fragment(marked)
    return Hit(_content(hit), hit["_score"] or 0.0, title, fragment, (stage, *hit["sort"]), language)


def _content(hit: Answer) -> UUID:
    return UUID(hit["fields"]["content_id"][0])


def _fragment(marked: Mapping[str, list[str]]) -> SafeString:
    """Of the summary and the best part of the text, what has more of the words."""
    candidates = [marked.get("summary"), marked.get("body")]
    return max(map(_safe, candidates), key=lambda text: len(_words_marked(text)))


def _words_marked(text: str) -> set[str]:
    return {part.partition("</mark>")[0].lower() for part in text.split("<mark>")[1:]}


def _safe(texts: list[str] | None) -> SafeString:
    """Elasticsearch escapes what it marks (`encoder: html`). Of two words that are found by both together, it marks the
    last letter.
    """
    return mark_safe(_JOINED.sub(r"<mark>\1\2</mark>", " … ".join(texts or ())))  # noqa: S308


def found(plan: Plan, answer: Answer, stage: Stage, elsewhere: Mapping[str, int]) -> Found:
    """Of a stage in the reader's own language."""
    aggregations = answer["aggregations"]
    return Found(
        hits=hits_of(answer, stage),
        total=total_of(answer),
        strong=aggregations["strong"]["chosen"]["doc_count"],
        stage=stage,
        facets=counted(aggregations),
        elsewhere=elsewhere,
        did_you_mean=_correction(answer, plan.query.text),
    )


def matches_well(answer: Answer) -> bool:
    """Whether anything does, whatever is chosen in the facets."""
    return bool(answer["aggregations"]["strong"]["doc_count"])


def _correction(answer: Answer, text: str) -> str:
    """The text with words that no document has replaced by likely ones; empty where there are none."""
    corrected = text
    for word in reversed(answer["suggest"]["corrected"]):
        if word["options"]:
            start, end = word["offset"], word["offset"] + word["length"]
            corrected = corrected[:start] + word["options"][0]["text"] + corrected[end:]
    return "" if corrected == text else corrected


def suggestions(answer: Answer) -> list[Suggestion]:
    return [
        Suggestion(_content(hit), hit["_source"]["title"], _type(hit["_source"]["type"]))
        for hit in answer["hits"]["hits"]
    ]


def _type(value: str | list[str]) -> str:
    return value if isinstance(value, str) else value[0]
