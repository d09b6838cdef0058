"""The cost of a public address does not grow with the number of contents.

None of its queries scans all contents, and it reads as many rows as with fewer contents. Rows are counted, never timed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from deploy.benchmarks.growth import addresses
from deploy.benchmarks.growth_data import write_contents
from publishing.models import Sequence

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine, pytest.mark.slow]

# The tables that grow with the number of contents.
LARGE = ("wagtailcore_page", "publishing_publisheddocument", "publishing_documentfacet", "news_newspage")


@dataclass
class Reading:
    """The queries sent to the database, and the number of rows that they returned."""

    rows: int = 0
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(("SELECT", "(SELECT")):
            self.statements.append((sql, params))
        return result


@contextmanager
def reading() -> Iterator[Reading]:
    read = Reading()
    with connection.execute_wrapper(read):
        yield read
    with connection.cursor() as cursor:
        for sql, params in read.statements:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS asked", params)  # noqa: S608 (our own)
            read.rows += cursor.fetchone()[0]


def rows_read(client: Client) -> dict[str, int]:
    """Return the number of rows read by each address when it is requested for the second time."""
    found = {}
    for name, (address, status) in addresses(page=2).items():
        client.get(address)
        cache.clear()
        with reading() as read:
            assert client.get(address).status_code == status, address
        found[name] = read.rows
    return found


def whole_tables(statement: tuple[str, Any]) -> list[str]:
    """Return the large tables that a statement scans from end to end, according to the query plan."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Every plan scans a small table, unless that is forbidden and there is another way.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement[0]}", statement[1])
            [[plan]] = cursor.fetchall()
            return [table for table in _scanned(plan if isinstance(plan, list) else json.loads(plan)) if table in LARGE]
        cursor.execute(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1])
        steps = [row[3] for row in cursor.fetchall()]
    scans = (
        step.removeprefix("SCAN ").split()[0] for step in steps if step.startswith("SCAN ") and "INDEX" not in step
    )
    return [table for table in scans if table in LARGE]


def _scanned(node: Any) -> Iterator[str]:
    """Yield the tables of all sequential scans in a PostgreSQL query plan."""
    if isinstance(node, list):
        for part in node:
            yield from _scanned(part)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan":
            yield node["Relation Name"]
        for value in node.values():
            if isinstance(value, list | dict):
                yield from _scanned(value)


def test_an_address_reads_as_many_rows_of_few_contents_as_of_many(client: Client) -> None:
    write_contents(0, 60)
    few = rows_read(client)
    write_contents(60, 240)
    assert rows_read(client) == few
    assert sum(few.values()) > 100


def test_no_statement_goes_through_all_contents(client: Client) -> None:
    write_contents(0, 60)
    faults = {}
    sitemap = {"sitemap": ("/sitemap.xml", 200)}
    for name, (address, _) in (addresses(page=2) | sitemap).items():
        Sequence.objects.get(pk=1).save()
        with reading() as read:
            client.get(address)
        faults[name] = {table: sql for sql, params in read.statements for table in whole_tables((sql, params))}
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_statement_that_goes_through_all_contents_is_seen() -> None:
    assert whole_tables(("SELECT * FROM wagtailcore_page WHERE draft_title = 'x'", None)) == ["wagtailcore_page"]
