"""Upstream puts each word between quotation marks of FTS5 and leaves those that were typed where they are. Delete this
when `"a "quoted" word"` is found in the admin without it (modelsearch: Lexeme.as_sql).
"""

from __future__ import annotations

import re
from typing import Any

from modelsearch.backends.database.sqlite import sqlite
from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

# Quotation marks and what ends a string.
_MARKS = re.compile('["\0]+')


def without_marks(query: SearchQuery) -> SearchQuery:
    """The same query, its words without quotation marks; matching nothing where nothing is left of them."""
    if isinstance(query, (And, Or)):
        parts = [part for part in map(without_marks, query.subqueries) if part is not MATCH_NONE]
        return type(query)(parts) if parts else MATCH_NONE
    if isinstance(query, Not):
        return Not(without_marks(query.subquery))
    if isinstance(query, Boost):
        return Boost(without_marks(query.subquery), query.boost)
    if isinstance(query, (PlainText, Phrase, Fuzzy)):
        return _with_text(query, " ".join(_MARKS.sub(" ", query.query_string).split()))
    return query


def _with_text(query: Any, text: str) -> SearchQuery:
    if not text:
        return MATCH_NONE
    return Phrase(text) if isinstance(query, Phrase) else type(query)(text, operator=query.operator)


class _WithoutMarks:
    query: SearchQuery

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.query = without_marks(self.query)


class QueryCompiler(_WithoutMarks, sqlite.SQLiteSearchQueryCompiler):
    pass


class AutocompleteQueryCompiler(_WithoutMarks, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class SQLiteSearchBackend(sqlite.SQLiteSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
