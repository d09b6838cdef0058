from __future__ import annotations

import time

from search.engines.base import EngineUnavailable

from .answers import Answer, checked
from .client import client, failures
from .indices import read_alias
from .queries import Query


class SearchSession:
    """The requests of one search, which may take `seconds` in total."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def ask(self, questions: list[tuple[str, Query]]) -> list[Answer]:
        """Send all questions in one request, each to the index of its language. Raise EngineUnavailable on failure."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise EngineUnavailable("The search takes too long.")
        searches: list[Query] = []
        for language, body in questions:
            header = {"index": read_alias(language), "allow_partial_search_results": False}
            searches += [header, {**body, "timeout": f"{seconds * 1000:.0f}ms"}]
        with failures():
            answer = client(seconds).msearch(searches=searches)
        return [checked(one) for one in answer["responses"]]
