from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from search.documents import SearchDocument
from search.query import Plan, Window
from search.results import Found, Suggestion


class EngineUnavailable(Exception):
    """The engine does not answer in time, answers with an error, or has no complete index."""


class RequestRefused(EngineUnavailable):
    """The engine works, but rejects this request."""


class Engine(Protocol):
    """Finds documents in one language at a time. Every method raises EngineUnavailable if it cannot do its work.

    Every filter of the query (SearchQuery: choices with wanted, rejected and missing values, spans, not_in) is exact,
    in hits and in counts. Whether the public may see a hit is checked against the published documents afterwards.
    """

    name: str

    def search(self, plan: Plan, window: Window) -> Found:
        """Return the best match first (or sort by `plan.query.sort`), ties by content id: the same order for every
        window.
        """

    def suggest(self, text: str, language: str, size: int) -> list[Suggestion]:
        """Return content whose title has, for each word typed, a word that begins with it."""

    def apply(self, changed: Iterable[SearchDocument], removed: Iterable[tuple[UUID, str]]) -> None:
        """Index changed documents and forget removed ones (content, language). Idempotent."""
