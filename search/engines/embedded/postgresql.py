"""PostgreSQL's full text search over vectors made here: it analyses nothing itself. Lexemes are quoted, and hold
letters and digits only: nothing that a reader types is syntax.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from .stores import COLUMNS_OF_ENTRY, Entry, Hits, Term
from .text import COLUMNS, WHOLE, IndexedText

TABLE = "search_embeddedtext"
# A vector knows four weights; each column has one of them. The ranking's values are those of COLUMNS, the greatest 1.
_WEIGHTS = {"title": "A", "summary": "B", "body": "C", "meta": "C", "names": "D"}
_RANKED = "{{{}}}".format(
    ", ".join(str(COLUMNS[column] / COLUMNS["title"]) for column in ("names", "body", "summary", "title"))
)
_BY_LENGTH = 1
# Vectors count no further.
_LAST_POSITION = 16383
_MOST_POSITIONS = 255
_SEQUENCE = "~"


class PostgresqlStore:
    def hits(self, ranked: Iterable[Term], unranked: Iterable[Term]) -> Hits:
        """Scores are the database's ranks, times how rare the term is."""
        wanted = dict.fromkeys(ranked, True) | dict.fromkeys(unranked, False)
        if not wanted:
            return {}
        parts: list[str] = []
        parameters: list[str] = []
        terms = list(wanted)
        for number, term in enumerate(terms):
            column = "stems" if term.place in ("stems", "title") else "phrases"
            score = f"ts_rank('{_RANKED}', {column}, %s::tsquery, {_BY_LENGTH})" if wanted[term] else "0"
            parts.append(f"SELECT {number}, id, {score} FROM {TABLE} WHERE {column} @@ %s::tsquery")  # noqa: S608
            parameters += [_match(term)] * (2 if wanted[term] else 1)
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
                f"INSERT INTO {TABLE} (id, stems, phrases, beginnings) "  # noqa: S608
                "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)",
                [(number, _stems(text), _phrases(text), _lexemes(text.beginnings)) for number, text in added.items()],
            )


def _times_rarity(scores: dict[int, float], documents: int) -> dict[int, float]:
    """As BM25 weighs rare terms: the logarithm of how many documents lack the term for one that has it."""
    rarity = math.log(1 + (documents - len(scores) + 0.5) / (len(scores) + 0.5))
    return {document: score * rarity for document, score in scores.items()}


def _stems(text: IndexedText) -> str:
    positions: dict[str, list[str]] = {}
    place = 0
    for column, words in text.stems.items():
        for readings in words:
            place += 1
            for reading in readings:
                positions.setdefault(reading, []).append(f"{min(place, _LAST_POSITION)}{_WEIGHTS[column]}")
    return _vector(positions)


def _phrases(text: IndexedText) -> str:
    positions: dict[str, list[str]] = {identifier: [] for identifier in text.identifiers}
    for place, (word, stem) in enumerate(zip(text.words, text.sequence, strict=True), start=1):
        if place <= _LAST_POSITION:
            positions.setdefault(word, []).append(str(place))
            positions.setdefault(_SEQUENCE + stem, []).append(str(place))
    return _vector(positions)


def _lexemes(words: Iterable[str]) -> str:
    return _vector({word: [] for word in words})


def _vector(positions: Mapping[str, list[str]]) -> str:
    return " ".join(
        f"'{lexeme}':{','.join(places[:_MOST_POSITIONS])}" if places else f"'{lexeme}'"
        for lexeme, places in positions.items()
    )


def _match(term: Term) -> str:
    prefix = _SEQUENCE * (term.place == "sequence") + term.language + WHOLE * (term.place == "identifiers")
    if term.place == "title":
        return " & ".join(f"'{prefix}{word}':{_WEIGHTS['title']}" for word in term.words)
    return " <-> ".join(f"'{prefix}{word}'" for word in term.words)


def _beginning(language: str, word: str) -> str:
    return f"'{language}{word}':*"
