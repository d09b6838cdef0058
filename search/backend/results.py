"""Answers of Elasticsearch, or of the database where Elasticsearch does not answer in time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from elasticsearch import ApiError, TransportError
from modelsearch.backends import get_search_backend
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchResults

from . import client
from .queries import AutocompleteQueryCompiler

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Results(Elasticsearch9SearchResults):
    def facet(self, field_name: str) -> Any:
        return self._answer(super().facet, lambda results: results.facet(field_name), field_name)

    def _do_search(self) -> list[Any]:
        return self._answer(lambda: list(super(Results, self)._do_search()), list)

    def _do_count(self) -> int:
        return self._answer(lambda: int(super(Results, self)._do_count()), lambda results: int(results.count()))

    def _get_results_from_hits(self, hits: list[Any]) -> Iterator[Any]:
        """Also for `values()` and `values_list()`, which the admin's actions on many objects at once use."""
        queryset = self.query_compiler.queryset
        if queryset._fields is None:
            yield from super()._get_results_from_hits(hits)
            return
        numbers = [hit["fields"]["pk"][0] for hit in hits]
        wanted = queryset.filter(pk__in=numbers).order_by("pk")
        rows = dict(zip(map(str, wanted.values_list("pk", flat=True)), wanted, strict=True))
        yield from (rows[number] for number in numbers if number in rows)

    def _answer(self, ask: Callable[..., Answer], ask_database: Callable[[Any], Answer], *arguments: object) -> Answer:
        if self.backend.fallback and self._is_hopeless():
            return ask_database(self._in_database())
        try:
            return ask(*arguments)
        except (TransportError, ApiError) as error:
            if not self.backend.fallback:
                raise
            client.has_failed(self.backend.address, getattr(error, "status_code", None))
            logger.warning("Elasticsearch does not answer the admin's search, the database does: %s", error)
            return ask_database(self._in_database())

    def _is_hopeless(self) -> bool:
        """Whether Elasticsearch did not answer a moment ago, or is not kept up to date."""
        from .changes import is_up_to_date

        return client.is_away(self.backend.address) or not is_up_to_date()

    def _in_database(self) -> Any:
        """The same question to the backend that is always there."""
        backend = get_search_backend(self.backend.fallback)
        compiler = self.query_compiler
        ask = backend.autocomplete if isinstance(compiler, AutocompleteQueryCompiler) else backend.search
        results = ask(
            compiler.query, compiler.queryset, fields=compiler.fields, order_by_relevance=compiler.order_by_relevance
        )
        if self._score_field:
            results = results.annotate_score(self._score_field)
        return results[self.start : self.stop]
