"""Upstream's index, which knows by what analysis and mapping it was made, and takes many changes in one request."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.dispatch import Signal
from django.utils import timezone
from elasticsearch import NotFoundError
from elasticsearch.helpers import streaming_bulk
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index
from modelsearch.backends.elasticsearchbase import ElasticsearchAtomicIndexRebuilder
from modelsearch.index import get_indexed_models
from modelsearch.utils import deep_update

from search.analysis.data import broken_plurals
from search.engines.elasticsearch.plurals import plural_rules

from .analysis import PLURALS

# An index was made anew. `since`: when that began; what was indexed after that may be missing in it.
index_rebuilt = Signal()

_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500


class NotIndexed(Exception):
    """Elasticsearch did not take it; the same may succeed later."""


class NoIndex(NotIndexed):
    """There is no such index."""


class Index(Elasticsearch9Index):
    def __init__(self, backend: Any, name: str) -> None:
        super().__init__(backend, name)
        self.es = backend.es.options(request_timeout=backend.index_timeout)

    def put(self) -> None:
        """Make the index with its whole mapping: each change of one later costs the cluster as much as the index."""
        settings = deepcopy(self.backend.settings)
        settings["settings"]["analysis"]["filter"][PLURALS]["rules"] = plural_rules(self.es)
        mappings = {"_meta": {"version": self._version()}, **self._mapping()}
        self.es.indices.create(index=self.name, mappings=mappings, **settings)

    def is_current(self, newest: float) -> bool:
        """Whether there is such an index, made as the code asks now, or made after `newest` (seconds since 1970), by a
        newer release.
        """
        try:
            indices = self.es.indices.get(index=self.name, features="mappings,settings").values()
        except NotFoundError:
            return False
        return len(indices) == 1 and all(
            index["mappings"].get("_meta", {}).get("version") == self._version()
            or int(index["settings"]["index"]["creation_date"]) / 1000 > newest
            for index in indices
        )

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        super().add_items(model, _with_locales(items))

    def update(self, items: Iterable[Model], removed: Iterable[str] = (), *, through_alias: bool = True) -> list[str]:
        """Index the items, forget what was removed (their numbers); returns what Elasticsearch refused for good.
        `through_alias`: never make an index without a mapping in place of one that is gone.
        """
        refused = []
        actions = [*self._actions(items), *({"_op_type": "delete", "_id": number} for number in removed)]
        answers = streaming_bulk(self.es, actions, index=self.name, require_alias=through_alias, raise_on_error=False)
        for succeeded, answer in answers:
            [result] = answer.values()
            error = result.get("error")
            if succeeded or not error:  # what is to be forgotten and is not there has no error
                continue
            if error["type"] == "index_not_found_exception":
                raise NoIndex(self.name)
            if result["status"] == _TOO_MANY_REQUESTS or result["status"] >= _SERVER_ERROR:
                raise NotIndexed(str(error))
            refused.append(f"{self.name} {result['_id']}: {error}")
        return refused

    def _actions(self, items: Iterable[Model]) -> Iterator[dict[str, Any]]:
        for item in _with_locales(items):
            mapping = self.mapping_class(type(item))
            yield {"_id": mapping.get_document_id(item), **mapping.get_document(item)}

    def _mapping(self) -> dict[str, Any]:
        """The mappings of all that is in this index."""
        names = (self.name, _behind_alias(self.name))
        mapping: dict[str, Any] = {}
        for model in get_indexed_models():
            if self.backend.get_index_for_model(model).name in names:
                deep_update(mapping, self.mapping_class(model).get_mapping())
        return mapping

    def _version(self) -> str:
        """What analysis and mapping the code asks for."""
        wanted = json.dumps([self.backend.settings, self._mapping(), broken_plurals()], sort_keys=True, default=str)
        return hashlib.sha256(wanted.encode()).hexdigest()[:16]


class AtomicRebuilder(ElasticsearchAtomicIndexRebuilder):
    """Makes an index beside the one that answers, turns the alias, says so, and leaves nothing half made behind."""

    def start(self) -> Any:
        self.since = timezone.now()
        self._remove_half_made()
        return super().start()

    def finish(self) -> None:
        super().finish()
        index_rebuilt.send(type(self), index=self.alias, since=self.since)

    def _remove_half_made(self) -> None:
        """What a rebuild that was broken off left."""
        for name, index in self.alias.es.indices.get(index=f"{self.alias.name}_*", features="aliases").items():
            if _behind_alias(name) == self.alias.name and not index["aliases"]:
                self.alias.es.indices.delete(index=name, ignore_unavailable=True)


def _behind_alias(name: str) -> str:
    """The alias that an index which a rebuild made stands behind."""
    return re.sub(r"_[a-z0-9]{7}\Z", "", name)


def _with_locales(items: Iterable[Model]) -> list[Any]:
    """The items, their locales read in one query."""
    items = list(items)
    prefetch_related_objects([item for item in items if hasattr(item, "locale_id")], "locale")
    return items
