"""Queries whose SQL is compiled once.

Django compiles the SQL of a query each time it runs, which takes several times as long as the database needs to
answer. This uses SQLCompiler, which is not a public interface: delete it when Django caches compiled queries.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.utils import create_namedtuple_class


class Given(Expression):
    """A named value in a query that is only known when the query runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]


# The moment at which a prepared query runs.
NOW = Given("now", DateTimeField())


class PreparedQuery:
    """Columns of the rows of a queryset, with a `Given` for each value that differs between requests."""

    def __init__(self, rows: QuerySet[Any, Any], *names: str) -> None:
        self._query = rows.values_list(*names).query
        self._row = create_namedtuple_class(*names)
        compiler = self._query.get_compiler(connection=connection, elide_empty=False)
        self._sql, self._parameters = compiler.as_sql()
        self._columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._kept = threading.local()

    def ask(self, **given: object) -> list[Any]:
        """Return the rows as they are now, each as a named tuple."""
        parameters = [
            place.output_field.get_db_prep_value(given[place.name], connection) if isinstance(place, Given) else place
            for place in self._parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            found = cursor.fetchall()
        compiler, converters = self._conversion()
        return [self._row._make(row) for row in compiler.apply_converters(found, converters)]

    def _conversion(self) -> tuple[SQLCompiler, dict[int, Any]]:
        """Return the compiler and converters that turn values of this thread's connection into Python values."""
        if not hasattr(self._kept, "conversion"):
            compiler = self._query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
            self._kept.conversion = compiler, compiler.get_converters(self._columns)
        kept: tuple[SQLCompiler, dict[int, Any]] = self._kept.conversion
        return kept
