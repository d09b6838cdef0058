"""Send one message: an HTTPS POST to a checked address that ends within 20 seconds whatever the receiver does."""

from __future__ import annotations

import io
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from .models import Failure
from .targets import Refused, Target, find_target

SECONDS = 20.0
# How many bytes of a response are kept.
KEPT_BYTES = 500
# The longest pause that a receiver can ask for, in seconds: a day.
LONGEST_WAIT = 24 * 60 * 60
_USER_AGENT = "iom-mena-website-webhooks/1.0"


@dataclass(frozen=True)
class Outcome:
    """The outcome of an attempt. `duration` is in milliseconds; `failure` is empty if the message was accepted."""

    failure: str
    response_code: int | None
    duration: int
    response: str
    # How many seconds the receiver asked us to wait, if it did.
    retry_after: int | None = None


def send(url: str, headers: dict[str, str], body: str) -> Outcome:
    """POST the body and return the outcome. Never raise for anything that a receiver or the network does."""
    started = time.monotonic()
    code, text, retry_after = None, "", None
    try:
        code, text, retry_after = _post(find_target(url), headers, body.encode(), started + SECONDS)
        failure = _failure_of(code)
    except Refused:
        failure = Failure.REFUSED
    except socket.gaierror:
        failure = Failure.NAME
    except TimeoutError:
        failure = Failure.TIMEOUT
    except ssl.SSLError:
        failure = Failure.TLS
    except (HTTPException, ValueError):
        failure = Failure.PROTOCOL
    except OSError:
        failure = Failure.CONNECTION
    return Outcome(failure, code, round((time.monotonic() - started) * 1000), text, seconds_asked_for(retry_after))


def _failure_of(code: int) -> str:
    if _accepted(code):
        return ""
    return Failure.REDIRECT if 300 <= code < 400 else Failure.ANSWER


def _post(target: Target, headers: dict[str, str], body: bytes, deadline: float) -> tuple[int, str, str | None]:
    with closing(_connect(target, deadline)) as plain, closing(_secured(plain, target, deadline)) as stream:
        connection = HTTPConnection(target.host, target.port)
        # The default port, which the Host header may leave out.
        connection.default_port = 443 if target.secure else 80
        connection.sock = stream
        stream.settimeout(_left(deadline))
        fixed = {"Content-Type": "application/json", "User-Agent": _USER_AGENT, "Connection": "close"}
        connection.request("POST", target.path, body, headers | fixed)
        response = HTTPResponse(_Readable(stream, deadline), method="POST")  # type: ignore[arg-type]
        response.begin()
        text = "" if _accepted(response.status) else _beginning(response)
        return response.status, text, response.getheader("Retry-After")


def seconds_asked_for(retry_after: str | None) -> int | None:
    """Return the seconds that a Retry-After header says, or None if it says nothing (RFC 9110, section 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0, min(round((moment - datetime.now(UTC)).total_seconds()), LONGEST_WAIT))


def _accepted(code: int) -> bool:
    return 200 <= code < 300


def _beginning(response: HTTPResponse) -> str:
    """Return the first part of an error response, or an empty string: the status counts without it."""
    try:
        return response.read1(KEPT_BYTES).decode(errors="replace").replace("\x00", "")
    except (OSError, HTTPException, ValueError):
        return ""


def _connect(target: Target, deadline: float) -> socket.socket:
    """Return a connection to one of the checked addresses; they are numeric, so no name is resolved here."""
    for number, address in enumerate(target.addresses):
        patience = _left(deadline) / (len(target.addresses) - number)
        try:
            return socket.create_connection((address, target.port), timeout=patience)
        except OSError:
            if number == len(target.addresses) - 1:
                raise
    raise Refused


def _secured(stream: socket.socket, target: Target, deadline: float) -> socket.socket:
    """Return the connection under TLS, with the certificate checked against the host name."""
    if not target.secure:
        return stream
    stream.settimeout(_left(deadline))
    return ssl.create_default_context().wrap_socket(stream, server_hostname=target.host)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Readable(io.RawIOBase):
    """A connection that HTTPResponse can read from, with one deadline for all reads rather than a timeout for each."""

    def __init__(self, stream: socket.socket, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.stream.settimeout(_left(self.deadline))
        return self.stream.recv_into(buffer)
