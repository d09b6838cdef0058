"""The search of Wagtail's admin (pages, pictures, documents) on Elasticsearch: Wagtail's own backend, which knows one
language, made to know three.

What upstream's backend finds is found, by the same rules; beside it the text is indexed once more as its language asks
(`mapping`), and every query is asked of that too (`queries`). Where Elasticsearch does not answer, the database does
(`results`). `WAGTAILSEARCH_BACKENDS` names this module and takes, beside upstream's options:

- `FALLBACK`: the backend that answers where Elasticsearch does not; without one, upstream's errors are raised.
- `INDEX_TIMEOUT`: seconds that an indexing request may take (30); `TIMEOUT` is that of a search.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend
from modelsearch.utils import deep_update

from .analysis import INDEX_SETTINGS
from .client import shared_client
from .index import AtomicRebuilder, Index
from .mapping import Mapping
from .queries import AutocompleteQueryCompiler, QueryCompiler
from .results import Results


class SearchBackend(Elasticsearch9SearchBackend):
    client_class = staticmethod(shared_client)
    mapping_class = Mapping
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = Results
    atomic_rebuilder_class = AtomicRebuilder
    settings = deep_update(deepcopy(Elasticsearch9SearchBackend.settings), INDEX_SETTINGS)

    def __init__(self, params: dict[str, Any]) -> None:
        self.fallback: str = params.pop("FALLBACK", "")
        self.index_timeout: float = params.pop("INDEX_TIMEOUT", 30)
        super().__init__(params)
        self.address = str(self.hosts)
