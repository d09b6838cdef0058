"""PostgreSQL's full text search over vectors built here; PostgreSQL analyses nothing itself.

Lexemes are quoted and contain only letters and digits, so nothing that a reader types is syntax.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from search.analysis import Token

from .stores import COLUMNS_OF_ENTRY, Entry, Hits, Term
from .text import COLUMNS, WHOLE, IndexedText, prefix_of

TABLE = "search_embeddedtext"
# A vector has four weights, and each column uses one of them. For ranking they have the values of COLUMNS, scaled so
# that the greatest is 1.
_WEIGHTS = {"title": "A", "summary": "B", "body": "C", "meta": "C", "names": "D"}
_RANKED = "{{{}}}".format(
    ", ".join(str(COLUMNS[column] / COLUMNS["title"]) for column in ("names", "body", "summary", "title"))
)
_BY_LENGTH = 1
# The limits of a vector.
_LAST_POSITION = 16383
_MOST_POSITIONS = 255


class PostgresqlStore:
    def hits(self, ranked: Iterable[Term], unranked: Iterable[Term]) -> Hits:
        """Return hits scored by the database's rank, multiplied by how rare the term is."""
        wanted = dict.fromkeys(ranked, True) | dict.fromkeys(unranked, False)
        if not wanted:
            return {}
        parts: list[str] = []
        parameters: list[str] = []
        terms = list(wanted)
        for number, term in enumerate(terms):
            where, values = _condition(term)
            score = f"ts_rank('{_RANKED}', stems, %s::tsquery, {_BY_LENGTH})" if wanted[term] else "0"
            parts.append(f"SELECT {number}, id, {score} FROM {TABLE} WHERE {where}")  # noqa: S608 -- parts of ours
            parameters += [*values[:1] * wanted[term], *values]
        parts.append("SELECT -1, count(*), 0 FROM search_embeddedentry")
        found: dict[Term, dict[int, float]] = {term: {} for term in terms}
        documents = 0
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for number, document, score in cursor.fetchall():
                if number < 0:
                    documents = document
                else:
                    found[terms[number]][document] = score
        return {term: _times_rarity(scores, documents) for term, scores in found.items()}

    def entries(self, numbers: Iterable[int]) -> list[Entry]:
        return self._entries("id = ANY(%s)", [list(numbers)])

    def versions(self, contents: Iterable[str], language: str) -> list[Entry]:
        return self._entries("language = %s AND content_id = ANY(%s::uuid[])", [language, list(contents)])

    def _entries(self, where: str, parameters: list[str | list[int] | list[str]]) -> list[Entry]:
        columns = COLUMNS_OF_ENTRY.replace("content_id", "replace(content_id::text, '-', '')")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM search_embeddedentry WHERE {where}", parameters)  # noqa: S608
            return [Entry(*row) for row in cursor.fetchall()]

    def beginning(self, language: str, words: Sequence[tuple[str, ...]], size: int) -> list[tuple[str, str, str]]:
        each = " & ".join("(" + " | ".join(_beginning(language, word) for word in readings) + ")" for readings in words)
        whole = " | ".join(
            _beginning(language, WHOLE + "".join((first, *(readings[0] for readings in words[1:]))))
            for first in words[0]
        )
        sql = f"""
            SELECT content_id::text, title, type FROM {TABLE} JOIN search_embeddedentry USING (id)
            WHERE beginnings @@ %s::tsquery
            ORDER BY NOT beginnings @@ %s::tsquery, published DESC NULLS LAST, content_id
            LIMIT %s
        """  # noqa: S608 -- parts of ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [each, whole, size])
            return list(cursor.fetchall())

    def write(self, removed: Iterable[int], added: Mapping[int, IndexedText]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(removed)])  # noqa: S608
            cursor.executemany(
                f"INSERT INTO {TABLE} (id, stems, words, beginnings) "  # noqa: S608
                "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)",
                [
                    (number, _stems(text), _words(text), _vector({word: [] for word in text.own(text.beginnings)}))
                    for number, text in added.items()
                ],
            )


def _times_rarity(scores: dict[int, float], documents: int) -> dict[int, float]:
    """Weight rare terms as BM25 does: by the logarithm of how many documents lack the term for each that has it."""
    rarity = math.log(1 + (documents - len(scores) + 0.5) / (len(scores) + 0.5))
    return {document: score * rarity for document, score in scores.items()}


def _stems(text: IndexedText) -> str:
    """Return a vector of all readings of each word at its position; stop words as they are, for phrases."""
    positions: dict[str, list[str]] = {identifier: [] for identifier in text.own(text.identifiers)}
    for place, column, token in _placed(text):
        for stem in text.own(token.stems or (token.word,)):
            positions.setdefault(stem, []).append(f"{place}{_WEIGHTS[column]}")
    return _vector(positions)


def _words(text: IndexedText) -> str:
    positions: dict[str, list[str]] = {}
    for place, _, token in _placed(text):
        positions.setdefault(prefix_of(text.language) + token.word, []).append(str(place))
    return _vector(positions)


def _placed(text: IndexedText) -> Iterator[tuple[int, str, Token]]:
    """Yield each word with its position and column. No phrase reaches from one column into the next."""
    start = 1
    for column, found in text.columns.items():
        for place, token in enumerate(found, start):
            yield min(place, _LAST_POSITION), column, token
        start += len(found) + 1


def _vector(positions: Mapping[str, list[str]]) -> str:
    return " ".join(
        f"'{lexeme}':{','.join(places[:_MOST_POSITIONS])}" if places else f"'{lexeme}'"
        for lexeme, places in positions.items()
    )


def _condition(term: Term) -> tuple[str, list[str]]:
    """Return an SQL condition and its parameters. Words as typed have no index: their stems lead to them."""
    exactly = term.place == "words" and term.stems
    prefix = prefix_of(term.language) + WHOLE * (term.place == "identifiers")
    weight = f":{_WEIGHTS['title']}" if term.place == "title" else ""
    operator = " & " if term.place == "title" else " <-> "
    stems = operator.join(f"'{prefix}{word}'{weight}" for word in (term.stems or term.words))
    if not exactly:
        return "stems @@ %s::tsquery", [stems]
    words = operator.join(f"'{prefix}{word}'" for word in term.words)
    return "stems @@ %s::tsquery AND words @@ %s::tsquery", [stems, words]


def _beginning(language: str, word: str) -> str:
    return f"'{prefix_of(language)}{word}':*"
