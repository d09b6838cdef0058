"""A field with a default in the database has one in Python too.

Without it, the form of a new object shows the expression itself ("<django.db.models.expressions.DatabaseDefault …>"),
and stores it if nobody empties the field.
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import NOT_PROVIDED


def test_fields_with_a_default_in_the_database_have_one_in_forms() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    with_default = [field for field in fields if field.db_default is not NOT_PROVIDED]
    assert len(with_default) > 20
    assert [str(field) for field in with_default if not field.has_default()] == []
