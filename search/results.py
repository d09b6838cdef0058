"""The results of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.utils.safestring import SafeString

# How the results came about: the words as typed; fewer of them; words that differ by a letter or two; the page's text
# in another language (only content that also exists in the reader's language, as SearchDocument.languages says; the
# rest is counted in Found.elsewhere); nothing found.
Stage = Literal["words", "relaxed", "fuzzy", "other_language", "none"]


@dataclass(frozen=True)
class Hit:
    """One item found.

    `title` and `fragment` are HTML: escaped, with the matched words in <mark>. `fragment` may be empty (then the
    summary is shown). `place`: the value of `Window.after` to continue after this hit; its first part is the stage, and
    a search that continues there stays in that stage. `language`: that of the text that was found, if it is not the
    reader's (then title and fragment are in it).
    """

    content_id: UUID
    score: float
    title: SafeString
    fragment: SafeString
    place: tuple[str | float, ...]
    language: str = ""


@dataclass(frozen=True)
class Found:
    """A page of hits.

    `total`: how many documents match in all. `strong`: how many of them match well (most of the words). `facets`: by
    facet and value, how many documents would be found with that value, ignoring the facet's own filter; `_none` counts
    documents without any value. `elsewhere`: how many match well in each other language. `did_you_mean`: the text with
    its misspelt words corrected, or empty. `degraded`: whether the simpler engine answered in place of one that did not
    (set by search.engines.choice).
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    strong: int = 0
    stage: Stage = "none"
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    did_you_mean: str = ""
    degraded: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A title that completes what the reader types."""

    content_id: UUID
    title: str
    type: str
