"""The systems that are measured over the same contents: the project's engines, and Wagtail's own search unmodified."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from search.engines.base import Engine
from search.plan import plan_of
from search.query import SearchQuery, Window
from search.vocabulary.memory import vocabulary

from . import engines
from .metrics import DEPTH

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class System(Protocol):
    """Ranks at most DEPTH contents, best first, for a text typed by a reader of `language`."""

    @property
    def name(self) -> str: ...

    def search(self, text: str, language: str) -> list[UUID]: ...

    def suggest(self, text: str, language: str) -> list[UUID]: ...


@dataclass(frozen=True)
class Ours:
    """One of the project's engines, queried in the same way as by the search page."""

    name: str
    engine: Engine

    def search(self, text: str, language: str) -> list[UUID]:
        plan = plan_of(SearchQuery(text, language), vocabulary().glossary)
        found = self.engine.search(plan, Window(DEPTH))
        return [hit.content_id for hit in found.hits]

    def suggest(self, text: str, language: str) -> list[UUID]:
        return [suggestion.content_id for suggestion in self.engine.suggest(text, language, DEPTH)]


@dataclass(frozen=True)
class Stock:
    """One of Wagtail's own backends with its default operator, restricted to the reader's language."""

    name: str
    backend: Any

    def search(self, text: str, language: str) -> list[UUID]:
        return self._ask(self.backend.search, text, language)

    def suggest(self, text: str, language: str) -> list[UUID]:
        return self._ask(self.backend.autocomplete, text, language)

    def _ask(self, method: Callable[..., Any], text: str, language: str) -> list[UUID]:
        """Return the results; none after a database error, because some characters break the query."""
        try:
            with transaction.atomic():
                pages = Page.objects.live().filter(locale=Locale.objects.get(language_code=language))
                return [page.translation_key for page in method(text, pages)[:DEPTH]]
        except DatabaseError:
            return []


def systems(*, stock: bool = True) -> list[System]:
    """Return the available systems, filled with all published contents; Elasticsearch needs ELASTICSEARCH_URL."""
    database = _DATABASES[connection.vendor]
    elasticsearch = bool(settings.ELASTICSEARCH_URL)
    found: list[System] = [Ours(f"embedded, {database}", engines.embedded())]
    if elasticsearch:
        found.append(Ours("Elasticsearch", engines.elasticsearch()))
    if stock:
        found.append(_stock("default", f"stock, {database}"))
    if stock and elasticsearch:
        found.append(_stock("elasticsearch", "stock, Elasticsearch"))
    return found


def _stock(backend: str, name: str) -> Stock:
    call_command("update_index", backend_name=backend, stdout=io.StringIO())
    return Stock(name, get_search_backend(backend))
