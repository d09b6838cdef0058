"""Behind its application server: refusals look like the API's own, Schemathesis finds no fault, counts are told."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.plugin import DjangoDbBlocker

from api.openapi import openapi
from api.problems import LONGEST_ADDRESS
from config.application_server import REQUEST_LINE
from tests.api.undescribed import excluded_checks
from tests.gunicorn_server import Server, gunicorn

pytestmark = pytest.mark.slow

# What the API answers is tried without a server too, on each database and with more examples.
EXAMPLES = 2


@pytest.fixture(scope="module")
def document() -> Any:
    return schemathesis.openapi.from_dict(openapi())


@pytest.fixture(scope="module")
def server(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with gunicorn(tmp_path_factory.mktemp("server"), django_db_blocker) as server:
        yield server


def answer(server: Server, request: bytes) -> tuple[int, Any, Any]:
    """Send these bytes, and return the status, headers and JSON body of the answer."""
    host, port = server.place.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, _, headers = head.partition(b"\r\n")
    return int(status.split()[1]), BytesParser().parsebytes(headers), json.loads(body)


def get(target: str, *headers: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def counted_misses(server: Server) -> float:
    """Return how many static files that do not exist were asked for, as one of the processes tells it."""
    with urllib.request.urlopen(f"http://{server.place}/metrics", timeout=30) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    samples = [sample for family in families for sample in family.samples if sample.name == "website_answers_total"]
    return sum(sample.value for sample in samples if sample.labels == {"part": "static", "status": "4xx"})


def test_whichever_process_is_asked_it_tells_the_counts_of_all(server: Server) -> None:
    assert len(server.workers()) == 2
    before = counted_misses(server)
    for _ in range(20):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://{server.place}/static/missing.css", timeout=30)
    assert {counted_misses(server) for _ in range(10)} == {before + 20}


def test_the_application_server_reads_more_than_the_api_refuses() -> None:
    assert LONGEST_ADDRESS + len("OPTIONS  HTTP/1.1") < REQUEST_LINE


@pytest.mark.parametrize(
    ("request_bytes", "status", "kind"),
    [
        (get(f"/api/v1/items?{'a' * (LONGEST_ADDRESS + 10)}"), 414, "address-too-long"),
        (get(f"/api/v1/items?{'a' * (REQUEST_LINE + 10)}"), 414, "address-too-long"),
        (get(f"/api/v1/items?{'a' * (4 * REQUEST_LINE)}"), 414, "address-too-long"),
        (get("/api/v1/items", f"X-Long: {'a' * 10_000}"), 431, "headers-too-large"),
        (get("/api/v1/items", *["X-Many: a"] * 200), 431, "headers-too-large"),
        (get("/api/v1/items", "Bad Name: x"), 400, "invalid-request"),
        (get("/api/v1/items", "Transfer-Encoding: magic"), 501, "not-implemented"),
        (b"NOT HTTP AT ALL\r\n\r\n", 400, "invalid-request"),
        (b"GET /api/v1/items HTTP/9.9\r\nHost: x\r\n\r\n", 400, "invalid-request"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_the_application_server_refuses_is_a_problem_that_any_site_may_read(
    server: Server, request_bytes: bytes, status: int, kind: str
) -> None:
    code, headers, body = answer(server, request_bytes)
    assert (code, body["status"]) == (status, status)
    assert body["type"].endswith(f"/api/problems/{kind}")
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Access-Control-Allow-Origin"] == "*"


def test_no_log_names_the_sender(server: Server) -> None:
    answer(server, get("/api/v1/items", "Bad Name: x"))
    log = Path(server.log).read_text(encoding="utf-8")
    assert "cannot be read" in log
    assert "ip=" not in log


def test_an_address_of_8000_characters_resolves(server: Server) -> None:
    code, _, body = answer(server, get(f"/api/v1/resolve?url=/ar/{'%D8%A7' * 7900}/"))
    assert (code, body["type"].rpartition("/")[2]) == (404, "not-found")


@pytest.mark.usefixtures("operations_as_subtests")
@schemathesis.pytest.from_fixture("document").parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_api_follows_its_document_behind_its_server(case: Any, server: Server) -> None:
    case.call_and_validate(base_url=f"http://{server.place}/api/v1", excluded_checks=excluded_checks(case))
