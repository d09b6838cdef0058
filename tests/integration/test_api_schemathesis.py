"""The API follows its OpenAPI document whatever a client sends.

Valid and invalid inputs are generated from the document with a fixed seed; every check of Schemathesis must pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from api.openapi import openapi
from tests.api.undescribed import excluded_checks

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine, pytest.mark.slow]

EXAMPLES = 5

_site = WSGIHandler()


def uncompressed(environ: dict[str, Any], start_response: Any) -> Any:
    """Call the site without compression, which Schemathesis would not decode here; other tests cover it."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return _site(environ, start_response)


@pytest.fixture(scope="module")
def document() -> Any:
    # Not loaded from its own address, which would then be left out of the operations.
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = uncompressed
    return schema


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """Keep requests from closing the connection of the test's transaction, as Django's test client does too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# From a fixture: what is asked of an operation is generated when the test runs, not whenever tests are collected.
@pytest.mark.usefixtures("operations_as_subtests")
@schemathesis.pytest.from_fixture("document").parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_api_follows_its_document(case: Any) -> None:
    case.call_and_validate(excluded_checks=excluded_checks(case))


def test_every_operation_of_the_document_is_tried(document: Any) -> None:
    tried = {result.ok().label for result in document.get_all_operations()}
    assert tried == {f"{method.upper()} {path}" for path, entry in openapi()["paths"].items() for method in entry}
