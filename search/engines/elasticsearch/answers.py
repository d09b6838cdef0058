"""Convert Elasticsearch's answers to the types that the rest of the site uses."""

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
from .filters import counted

Answer = Mapping[str, Any]
_JOINED = re.compile(r"(\w+[-\u2010\u2011]\w+)<mark>(\w)</mark>(?!\w)")


def checked(answer: Answer) -> Answer:
    """Return the answer if it is complete, otherwise raise EngineUnavailable."""
    if "error" in answer:
        raise failure(answer["status"], answer["error"])
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineUnavailable("The answer is not complete.")
    return answer


def total_of(answer: Answer) -> int:
    total: int = answer["hits"]["total"]["value"]
    return total


def hits_of(answer: Answer, stage: Stage, language: str = "") -> tuple[Hit, ...]:
    """Return the hits of an answer. `language`: that of the text that was found, if it is not the reader's."""
    return tuple(_hit(hit, stage, language) for hit in answer["hits"]["hits"])


def _hit(hit: Answer, stage: Stage, language: str) -> Hit:
    marked = hit.get("highlight", {})
    title, fragment = _safe(marked.get("title")), _fragment(marked)
    return Hit(_content(hit), hit["_score"] or 0.0, title, fragment, (stage, *hit["sort"]), language)


def _content(hit: Answer) -> UUID:
    return UUID(hit["fields"]["content_id"][0])


def _fragment(marked: Mapping[str, list[str]]) -> SafeString:
    """Return the summary or the best part of the text, whichever contains more of the words."""
    candidates = [marked.get("summary"), marked.get("body")]
    return max(map(_safe, candidates), key=lambda text: len(_words_marked(text)))


def _words_marked(text: str) -> set[str]:
    return {part.partition("</mark>")[0].lower() for part in text.split("<mark>")[1:]}


def _safe(texts: list[str] | None) -> SafeString:
    """Return highlighted text as safe HTML: Elasticsearch escapes what it marks (`encoder: html`).

    If two hyphenated words are found by both joined together, Elasticsearch marks only the last letter; mark both words
    instead.
    """
    return mark_safe(_JOINED.sub(r"<mark>\1\2</mark>", " … ".join(texts or ())))  # noqa: S308


def found(plan: Plan, answer: Answer, stage: Stage, elsewhere: Mapping[str, int]) -> Found:
    """Return what a stage in the reader's own language found."""
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
    """Return whether any document matches well, regardless of what is chosen in the facets."""
    return bool(answer["aggregations"]["strong"]["doc_count"])


def _correction(answer: Answer, text: str) -> str:
    """Return the text with words that no document has replaced by likely ones; empty if there are none."""
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
