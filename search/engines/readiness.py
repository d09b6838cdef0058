"""Decide whether Elasticsearch may be queried: it answers, and its indices are complete and not behind."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings

from .circuit_breaker import CircuitBreaker
from .elasticsearch import indices
from .elasticsearch.client import client, failures
from .elasticsearch.state import is_complete, seconds_behind

logger = logging.getLogger(__name__)

# How long a look at the indices remains valid, how long it may take, and how far behind they may be.
_LOOK_SECONDS = 2.0
_LOOK_WAITS_SECONDS = 0.25
_MOST_SECONDS_BEHIND = 10.0


class Readiness:
    """What was last seen of the indices. One thread looks at a time; the others use what was seen before."""

    def __init__(self) -> None:
        self._ready = False
        self._next_look = 0.0
        self._lock = Lock()

    def __call__(self) -> bool:
        """Return whether the indices are ready. Raise EngineUnavailable if Elasticsearch does not answer."""
        if time.monotonic() >= self._next_look and self._lock.acquire(blocking=not self._next_look):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._ready

    def forget(self) -> None:
        self._next_look = 0.0

    def _look(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _LOOK_SECONDS
        was_ready, self._ready = self._ready, False
        with failures():
            served = indices.served(indices.existing(client(_LOOK_WAITS_SECONDS)))
        self._ready = is_complete(served) and seconds_behind(served) <= _MOST_SECONDS_BEHIND
        if was_ready and not self._ready:
            logger.warning("Search answers from the database: Elasticsearch is incomplete or behind")


@dataclass
class Elasticsearch:
    """What is known about the cluster named in the settings."""

    cluster: tuple[str, str]
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    ready: Readiness = field(default_factory=Readiness)


_known: list[Elasticsearch] = []


def elasticsearch() -> Elasticsearch:
    """Return what is known about the cluster, remembered in the process."""
    cluster = (settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX)
    if not _known or _known[0].cluster != cluster:
        _known[:] = [Elasticsearch(cluster)]
    return _known[0]
