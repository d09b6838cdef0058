"""Whatever a client sends, the API does what its OpenAPI document says. Inputs are made from the document, valid and
invalid ones, with a fixed seed; every check of Schemathesis holds.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from hypothesis import HealthCheck, settings

pytestmark = pytest.mark.django_db

# What the document allows is the same on every database; PostgreSQL sees enough of it to show errors of its own.
EXAMPLES = 200 if connection.vendor == "sqlite" else 20

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_api_follows_its_document(case: Any) -> None:
    case.call_and_validate()
