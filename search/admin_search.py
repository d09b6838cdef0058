"""Wagtail's search in the database, asked for the other forms of the words typed too (decision 32).

`core.word_forms` indexes the forms of a title beside its words; the queries of editors are rewritten here, before they
reach Wagtail's backend, so that nothing of it is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, And, Boost, Or, Phrase, PlainText, SearchQuery

from core.languages import LANGUAGE_CODES

from .analysis import tokens

# On SQLite upstream puts each word between quotation marks of FTS5 and leaves those that were typed where they are.
# Delete this when `"a "quoted" word"` is found in the admin without it (modelsearch: Lexeme.as_sql).
_MARKS = re.compile('["\0]+')


def forms_of(text: str, languages: Iterable[str]) -> str:
    """Return what the words of a text are found by in these languages: folded words and stems, each once."""
    found = [form for language in languages for token in tokens(text, language) for form in (token.word, *token.stems)]
    return " ".join(dict.fromkeys(found))


def asking_for_forms(query: SearchQuery | str, operator: str | None = None) -> SearchQuery:
    """Return a query that finds what the given one finds, and texts that have other forms of its words."""
    if isinstance(query, str):
        return _text(PlainText(query, operator=operator or PlainText.DEFAULT_OPERATOR))
    if isinstance(query, PlainText):
        return _text(query)
    if isinstance(query, Phrase):
        return Phrase(_without_marks(query.query_string)) if _without_marks(query.query_string) else MATCH_NONE
    if isinstance(query, Boost):
        return Boost(asking_for_forms(query.subquery), query.boost)
    if isinstance(query, (And, Or)):
        parts = [part for part in map(asking_for_forms, query.subqueries) if part is not MATCH_NONE]
        return type(query)(parts) if parts else MATCH_NONE
    return query


def _text(query: PlainText) -> SearchQuery:
    typed = _without_marks(query.query_string)
    if not typed:
        return MATCH_NONE
    stemmed = (tuple(token.stems for token in tokens(typed, language) if token.stems) for language in LANGUAGE_CODES)
    as_typed = tuple((word,) for word in typed.casefold().split())
    found = [_readings(words, query.operator) for words in dict.fromkeys(stemmed) if words and words != as_typed]
    return (
        Or([PlainText(typed, operator=query.operator), *found]) if found else PlainText(typed, operator=query.operator)
    )


def _readings(words: tuple[tuple[str, ...], ...], operator: str) -> SearchQuery:
    """Return a query for words of which each may be any of its stems: Arabic is read in several ways."""
    each = [Or(list(map(PlainText, stems))) if len(stems) > 1 else PlainText(stems[0]) for stems in words]
    if len(each) == 1:
        return each[0]
    return And(each) if operator == "and" else Or(each)


def _without_marks(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


class _AskingForForms:
    """Rewrites the queries of a backend by its public methods, `search` and `autocomplete`. SQLite asks for
    the rank of each result by a search of its own, for seconds among 30,000 pages; there the newest come first.
    """

    ranks: bool

    def search(
        self, query: Any, model_or_queryset: Any, fields: Any = None, operator: str | None = None, **options: Any
    ) -> Any:
        rewritten = asking_for_forms(query, operator)
        return super().search(rewritten, model_or_queryset, fields, operator, **self._ordered(options))  # type: ignore[misc]

    def autocomplete(
        self, query: Any, model_or_queryset: Any, fields: Any = None, operator: str | None = None, **options: Any
    ) -> Any:
        rewritten = asking_for_forms(query, operator)
        return super().autocomplete(rewritten, model_or_queryset, fields, operator, **self._ordered(options))  # type: ignore[misc]

    def _ordered(self, options: dict[str, Any]) -> dict[str, Any]:
        return options if self.ranks else {**options, "order_by_relevance": False}


def SearchBackend(parameters: dict[str, Any]) -> Any:
    """Return Wagtail's backend for the engine of the database, with rewritten queries."""
    backend: Any = type(database.SearchBackend(dict(parameters)))
    return type("SearchBackend", (_AskingForForms, backend), {"ranks": connection.vendor != "sqlite"})(parameters)
