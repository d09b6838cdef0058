"""Wagtail's search in the database, extended to find other forms of the words typed (decision 32).

`core.text.word_forms` indexes the forms of a title's words alongside the words themselves. Editors' queries are
rewritten here before they reach Wagtail's backend, so that no part of the backend has to be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.query import MATCH_NONE, And, Boost, Or, Phrase, PlainText, SearchQuery

from core.languages.declared import LANGUAGE_CODES

from .analysis import tokens

# On SQLite, upstream puts each word in FTS5 quotation marks and leaves any quotation marks that were typed in place.
# Delete this when `"a "quoted" word"` is found in the admin without it (modelsearch: Lexeme.as_sql).
_MARKS = re.compile('["\0]+')


def forms_of(text: str, languages: Iterable[str]) -> str:
    """Return the terms by which a text is found in these languages: folded words and stems, each once."""
    found = [form for language in languages for token in tokens(text, language) for form in (token.word, *token.stems)]
    return " ".join(dict.fromkeys(found))


def asking_for_forms(query: SearchQuery | str, operator: str | None = None) -> SearchQuery:
    """Return a query that finds everything the given one does, and also texts with other forms of its words."""
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
    """Return a query for words that may each match any of their stems: Arabic can be read in several ways."""
    each = [Or(list(map(PlainText, stems))) if len(stems) > 1 else PlainText(stems[0]) for stems in words]
    if len(each) == 1:
        return each[0]
    return And(each) if operator == "and" else Or(each)


def _without_marks(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())


class _AskingForForms:
    """Rewrites a backend's queries through its public methods, `search` and `autocomplete`.

    SQLite computes the rank of each result with a separate search, which takes seconds among 30,000 pages, so there the
    newest come first.
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
    """Return Wagtail's backend for the database engine in use, with rewritten queries."""
    backend: Any = type(database.SearchBackend(dict(parameters)))
    return type("SearchBackend", (_AskingForForms, backend), {"ranks": connection.vendor != "sqlite"})(parameters)
