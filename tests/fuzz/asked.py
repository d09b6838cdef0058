"""One request as it goes over the line, and the way to send it to the site in this process."""

from __future__ import annotations

import gzip
import shlex
import time
from copy import deepcopy
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from django.core.cache import cache
from django.test import Client

from tests.roles import undone

_AS_META = ("Content-Type", "Content-Length")


class Asked(NamedTuple):
    """A request: `path` and `query` as they stand in its first line, `headers` as Latin-1 texts."""

    role: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def as_curl(self) -> str:
        """Return a command that sends the same to a site that runs; whose session it needs stands behind it."""
        address = f"http://127.0.0.1:8000{self.path}" + (f"?{self.query}" if self.query else "")
        words = ["curl", "--path-as-is", "-X", self.method, address]
        for name, value in self.headers.items():
            words += ["-H", f"{name}: {value}"]
        # The start of a body tells what it was; the seed gives it whole.
        body = f" --data-binary $'{repr(self.body[:2000])[2:-1]}'" if self.body else ""
        return f"{shlex.join(words)}{body}  # {self.role}, a body of {len(self.body)} bytes"

    def environ(self) -> dict[str, Any]:
        """Return what a web server passes on."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote_to_bytes(self.path).decode("latin-1"),
            "QUERY_STRING": self.query,
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.input": BytesIO(self.body),
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if name in _AS_META else f"HTTP_{key}"] = value
        return environ


class Answer(NamedTuple):
    """What came back: an answer, or the sentence of a check that it did not pass; `seconds` of processor time."""

    response: Any
    body: bytes
    seconds: float
    broken: str = ""


def send(client: Client, asked: Asked) -> Answer:
    """Send a request and take back whatever it stored, so that the next finds the same site."""
    cookies = deepcopy(client.cookies)
    begun = time.process_time()
    try:
        with undone():
            response: Any = client.request(**asked.environ())
            parts = response.streaming_content if response.streaming else [response.content]
            # The client closes what is read to its end; closing it here would close the test's connection as well.
            body = _unpacked(response, b"".join(parts))
    except Exception as error:  # noqa: BLE001  whatever no middleware answered, and the contract of the API
        return Answer(None, b"", time.process_time() - begun, f"{type(error).__name__}: {error}")
    finally:
        client.cookies = cookies
        cache.clear()
    return Answer(response, body, time.process_time() - begun)


def _unpacked(response: Any, body: bytes) -> bytes:
    return gzip.decompress(body) if body and response.get("Content-Encoding") == "gzip" else body
