"""A query is asked as upstream asks it, and once more of each language's own fields; what either finds is found.

So no query finds less than upstream's backend, `Not` takes out no more than upstream's does, and the words of the query
find their other forms beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9AutocompleteQueryCompiler,
    Elasticsearch9SearchQueryCompiler,
)
from modelsearch.backends.elasticsearchbase import Field
from modelsearch.query import Fuzzy, MatchAll, Phrase, PlainText

from .analysis import LANGUAGES
from .mapping import ALL_AUTOCOMPLETE, LANGUAGES_FIELD, Json, Mapping, text_field


class LanguageField(Field):
    """A field as a language asks. `part`: of its sub-fields, or the field itself."""

    def part(self, name: str) -> Field:
        return Field(f"{self.field_name}.{name}", self.boost)


def _exact(fields: Sequence[Field]) -> list[Field]:
    """Words as they are written, but for accents, vowel signs and capitals: for phrases and typing errors."""
    return [field.part("exact") if isinstance(field, LanguageField) else field for field in fields]


class InEveryLanguage:
    """Asks upstream's query of upstream's fields, then of each language's."""

    mapping_class = Mapping
    query: Any
    remapped_fields: list[Any] | None

    def get_inner_query(self) -> Json:
        upstream: Json = super().get_inner_query()  # type: ignore[misc]
        if isinstance(self.query, MatchAll):
            return upstream
        return {"dis_max": {"queries": [upstream, *(self._in_language(language) for language in LANGUAGES)]}}

    def _in_language(self, language: str) -> Json:
        other = copy(self)
        other.remapped_fields = [
            LanguageField(text_field(language, field.field_name), field.boost) for field in self._fields()
        ]
        query = super(InEveryLanguage, other).get_inner_query()  # type: ignore[misc]
        return {"bool": {"must": query, "filter": {"term": {LANGUAGES_FIELD: language}}}}

    def _fields(self) -> list[Field]:
        return self.remapped_fields or []


class QueryCompiler(InEveryLanguage, Elasticsearch9SearchQueryCompiler):
    def _compile_phrase_query(self, query: Phrase, fields: Sequence[Field]) -> Json:
        return super()._compile_phrase_query(query, _exact(fields))  # type: ignore[no-any-return]

    def _compile_fuzzy_query(self, query: Fuzzy, fields: Sequence[Field]) -> Json:
        return super()._compile_fuzzy_query(query, _exact(fields))  # type: ignore[no-any-return]


class _AnyQueryOnPrefixes(Elasticsearch9AutocompleteQueryCompiler):
    """Upstream refuses all but plain text, so that a quotation mark in the admin's page search is an error there."""

    def get_inner_query(self) -> Json:
        fields = self._prefix_fields()
        if isinstance(self.query, MatchAll):
            return {"match_all": {}}
        if isinstance(self.query, PlainText):
            return self._compile_plaintext_query(self.query, fields)  # type: ignore[no-any-return]
        return self._join_and_compile_queries(self.query, fields)  # type: ignore[no-any-return]

    def _prefix_fields(self) -> list[Field]:
        names = self.remapped_fields or [ALL_AUTOCOMPLETE]
        return [name if isinstance(name, Field) else Field(name) for name in names]


class AutocompleteQueryCompiler(InEveryLanguage, _AnyQueryOnPrefixes):
    """In a language's own fields each word may be the beginning of a word or another form of one."""

    def _fields(self) -> list[Field]:
        return self._prefix_fields()

    def _compile_plaintext_query(self, query: PlainText, fields: Sequence[Field], boost: float = 1.0) -> Json:
        if not all(isinstance(field, LanguageField) for field in fields):
            return super()._compile_plaintext_query(query, fields, boost)  # type: ignore[no-any-return]
        words = query.query_string.split()
        # A word that the language does not index, such as an article, is not missing among several.
        must = query.operator == "and" and len(words) > 1
        each = [self._compile_word(word, fields, "all" if must else "none") for word in words]
        return {"bool": {"must" if must else "should": each or [{"match_none": {}}], "boost": boost}}

    def _compile_word(self, word: str, fields: Sequence[Any], without_terms: str) -> Json:
        beginning = {"query": word, "operator": "and"}
        form = {**beginning, "zero_terms_query": without_terms}
        queries = [{"match": {field.field_name: beginning}} for field in fields]
        queries += [{"match": {field.part("words").field_name: form}} for field in fields]
        return {"dis_max": {"queries": queries}}
