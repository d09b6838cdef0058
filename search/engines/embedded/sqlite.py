"""SQLite's FTS5.

Terms are quoted and words contain only letters and digits, so nothing that a reader types is syntax.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from .stores import COLUMNS_OF_ENTRY, Entry, Hits, Place, Term
from .text import COLUMNS, FENCE, WHOLE, IndexedText, in_sequence, prefix_of

TABLE = "search_embeddedtext"
_TEXT_COLUMNS = (*COLUMNS, "words", "sequence", "beginnings", "identifiers")
_WEIGHTS = ", ".join(str(COLUMNS.get(column, 0.0)) for column in _TEXT_COLUMNS)
_PLACES: dict[Place, str] = {"stems": f"{{{' '.join(COLUMNS)}}}"}


class SqliteStore:
    def hits(self, ranked: Iterable[Term], unranked: Iterable[Term]) -> Hits:
        wanted = dict.fromkeys(ranked, True) | dict.fromkeys(unranked, False)
        if not wanted:
            return {}
        parts, terms = [], list(wanted)
        for number, term in enumerate(terms):
            score = f"-bm25({TABLE}, {_WEIGHTS})" if wanted[term] else "0.0"
            parts.append(f"SELECT {number}, rowid, {score} FROM {TABLE} WHERE {TABLE} MATCH %s")  # noqa: S608 -- parts of ours
        found: dict[Term, dict[int, float]] = {term: {} for term in terms}
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), [_match(term) for term in terms])
            for number, document, score in cursor.fetchall():
                found[terms[number]][document] = score
        return found

    def entries(self, numbers: Iterable[int]) -> list[Entry]:
        return self._entries("id IN (SELECT value FROM json_each(%s))", [json.dumps(list(numbers))])

    def versions(self, contents: Iterable[str], language: str) -> list[Entry]:
        where = "language = %s AND content_id IN (SELECT value FROM json_each(%s))"
        return self._entries(where, [language, json.dumps(list(contents))])

    def _entries(self, where: str, parameters: list[str]) -> list[Entry]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {COLUMNS_OF_ENTRY} FROM search_embeddedentry WHERE {where}", parameters)  # noqa: S608
            return [Entry(*row) for row in cursor.fetchall()]

    def beginning(self, language: str, words: Sequence[tuple[str, ...]], size: int) -> list[tuple[str, str, str]]:
        each = " AND ".join(
            "(" + " OR ".join(_beginning(language, word) for word in readings) + ")" for readings in words
        )
        whole = " OR ".join(
            _beginning(language, WHOLE + "".join((first, *(readings[0] for readings in words[1:]))))
            for first in words[0]
        )
        sql = f"""
            SELECT entry.content_id, entry.title, entry.type
            FROM {TABLE} JOIN search_embeddedentry AS entry ON entry.id = {TABLE}.rowid
            WHERE {TABLE} MATCH %s
            ORDER BY entry.id NOT IN (SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s),
              entry.published IS NULL, entry.published DESC, entry.content_id
            LIMIT %s
        """  # noqa: S608 -- parts of ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [f"beginnings : ({each})", f"beginnings : ({whole})", size])
            return list(cursor.fetchall())

    def write(self, removed: Iterable[int], added: Mapping[int, IndexedText]) -> None:
        names = ", ".join(_TEXT_COLUMNS)
        places = ", ".join(["%s"] * len(_TEXT_COLUMNS))
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(number,) for number in removed])  # noqa: S608
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, {names}) VALUES (%s, {places})",  # noqa: S608
                [(number, *_row(text)) for number, text in added.items()],
            )


def _row(text: IndexedText) -> list[str]:
    indexed = {
        column: [reading for token in found for reading in token.stems] for column, found in text.columns.items()
    }
    read = [found for column, found in text.columns.items() if column != "names"]
    indexed["words"] = [word for found in read for word in (*(token.word for token in found), FENCE)]
    indexed["sequence"] = [word for found in read for word in (*map(in_sequence, found), FENCE)]
    indexed |= {"beginnings": list(text.beginnings), "identifiers": list(text.identifiers)}
    return [" ".join(text.own(indexed[column])) for column in _TEXT_COLUMNS]


def _match(term: Term) -> str:
    prefix = prefix_of(term.language) + (WHOLE if term.place == "identifiers" else "")
    words = (" AND " if term.place == "title" else " + ").join(f'"{prefix}{word}"' for word in term.words)
    return f"{_PLACES.get(term.place, term.place)} : ({words})"


def _beginning(language: str, word: str) -> str:
    return f'"{prefix_of(language)}{word}" *'
