"""Choose which engine answers: Elasticsearch if it is configured, up to date and answers in time, otherwise the
embedded engine. The results say if the latter had to replace the former.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings

from search.query import Plan, Window
from search.results import Found, Suggestion

from .base import Engine, EngineUnavailable, RequestRefused
from .elasticsearch.engine import ElasticsearchEngine
from .embedded.engine import EmbeddedEngine
from .readiness import elasticsearch

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def search(plan: Plan, window: Window) -> Found:
    """Return what was found; `Found.degraded` says whether the embedded engine answers in place of Elasticsearch."""
    found, degraded = _ask(lambda engine: engine.search(plan, window))
    return replace(found, degraded=degraded)


def suggest(text: str, language: str, size: int) -> list[Suggestion]:
    return _ask(lambda engine: engine.suggest(text, language, size))[0]


def _ask(question: Callable[[Engine], Answer]) -> tuple[Answer, bool]:
    """Return the answer, and whether the engine that should have given it did not."""
    if not settings.ELASTICSEARCH_URL:
        return question(EmbeddedEngine()), False
    cluster = elasticsearch()
    if cluster.breaker.allows():
        try:
            if cluster.ready():
                answer = question(ElasticsearchEngine())
                cluster.breaker.succeeded()
                return answer, False
        except RequestRefused as error:
            logger.warning("Elasticsearch does not take a search: %s", error)
        except EngineUnavailable as error:
            logger.warning("Elasticsearch does not answer: %s", error)
            cluster.breaker.failed()
            cluster.ready.forget()
    return question(EmbeddedEngine()), True
