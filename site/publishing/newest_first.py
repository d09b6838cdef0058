"""Indexes in the sort order of lists."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


class NewestFirstIndex(models.Index):
    """An index that puts nulls last in descending columns. SQLite does so anyway, and rejects an index that says so."""

    def create_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs: Any
    ) -> Any:
        if schema_editor.connection.vendor == "sqlite":
            return super().create_sql(model, schema_editor, using, **kwargs)
        columns = (F(name).desc(nulls_last=True) if order else name for name, order in self.fields_orders)
        return models.Index(*columns, name=self.name).create_sql(model, schema_editor, using, **kwargs)
