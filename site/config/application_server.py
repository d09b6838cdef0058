"""Answer requests that Gunicorn itself refuses (not HTTP, or too long) as the API does: with a problem document that
any site may read. Gunicorn's own answer is an HTML page, and its log contains the sender's address.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gunicorn.http import errors, message
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

if TYPE_CHECKING:
    from api.problems import Problem

# Longer than api.problems.LONGEST_ADDRESS (which only Django can import), so that the API itself refuses long
# addresses. Gunicorn's constant allows an eighth of it and cannot be configured.
REQUEST_LINE = message.MAX_REQUEST_LINE = 65 * 1024
# For how long, and how much, to read from a refused request, so that the sender is not cut off before the answer.
_DRAIN_SECONDS = 1.0
_DRAIN_BYTES = 1024 * 1024
_OUR_FAULT = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
_KINDS = {errors.UnsupportedTransferCoding: "not-implemented", errors.ExpectationFailed: "expectation-failed"}


class Worker(ThreadWorker):
    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, errors.ParseException) or isinstance(exc, _OUR_FAULT):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request that cannot be read: %s", type(exc).__name__)
        with suppress(OSError):
            write_nonblock(client, _http(_problem_of(exc)))
            _drain(client)


def _problem_of(error: errors.ParseException) -> Problem:
    from api.problems import Problem, too_long

    if isinstance(error, errors.LimitRequestLine):
        return too_long()
    if isinstance(error, errors.LimitRequestHeaders):
        return Problem("headers-too-large", "Send fewer or shorter headers.")
    return Problem(_KINDS.get(type(error), "invalid-request"), "Send a request as RFC 9112 describes it.")


def _http(problem: Problem) -> bytes:
    """Return the problem as a complete HTTP response that closes the connection."""
    response = problem.response()
    response["Access-Control-Allow-Origin"] = "*"
    response["Connection"] = "close"
    response["Content-Length"] = str(len(response.content))
    response["X-Content-Type-Options"] = "nosniff"
    status = f"HTTP/1.1 {response.status_code} {HTTPStatus(response.status_code).phrase}"
    head = "\r\n".join([status, *(f"{name}: {value}" for name, value in response.items())])
    return f"{head}\r\n\r\n".encode("latin-1") + response.content


def _drain(client: socket.socket) -> None:
    """Read what is still in transit: a connection closed earlier is reset, and the answer lost with it."""
    client.shutdown(socket.SHUT_WR)
    deadline, left = time.monotonic() + _DRAIN_SECONDS, _DRAIN_BYTES
    while left > 0 and (seconds := deadline - time.monotonic()) > 0:
        client.settimeout(seconds)
        received = len(client.recv(65536))
        left -= received
        if not received:
            return
