"""Measures the CPU milliseconds of a request through the whole application, called as a server calls it."""

from __future__ import annotations

import gc
import io
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Request:
    """A request. `address` is path and query, `headers` are such as If-None-Match, `status` is the expected one."""

    name: str
    address: str
    headers: Mapping[str, str]
    status: int = 200


_application: list[WSGIHandler] = []
_factory = RequestFactory()


def ask(request: Request) -> Answer:
    """Return the answer of the whole application, middleware included. Raise RuntimeError for an unexpected status."""
    if not _application:
        _application.append(WSGIHandler())
    environ = _factory.generic("GET", request.address, headers=request.headers).environ
    environ["wsgi.input"] = io.BytesIO()
    # Encode it again as a server passes it (PEP 3333); the factory has decoded it.
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("iso-8859-1")
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
        started.append((status, headers))

    response = _application[0](environ, start)
    body = b"".join(response)
    response.close()
    status, headers = started[0]
    if int(status[:3]) != request.status:
        raise RuntimeError(f"{request.address} answered {status}: {body[:300]!r}")
    return Answer(request.status, dict(headers), body)


def queries_of(request: Request) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(request)
    return len(queries)


def milliseconds(
    requests: list[Request], rounds: int, repeats: int, progress: Callable[[str], None]
) -> dict[str, float]:
    """Return the CPU time of one request by name: the least of several rounds, in which the requests take turns."""
    least: dict[str, float] = {}
    for request in requests:
        ask(request)
    for number in range(rounds):
        progress(f"round {number + 1} of {rounds}")
        for request in requests:
            gc.collect()
            started = time.process_time()
            for _ in range(repeats):
                ask(request)
            spent = (time.process_time() - started) * 1000 / repeats
            least[request.name] = min(spent, least.get(request.name, spent))
    return least
