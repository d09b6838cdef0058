"""A partner's server on this machine, which keeps the requests it receives and answers as configured."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """One request; `at` is its time.monotonic()."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> Any:
        return json.loads(self.body)

    @property
    def seq(self) -> int:
        return int(self.message["data"]["seq"])

    def is_signed_with(self, secret: str) -> bool:
        """Check the signature by the Standard Webhooks specification, independently of our code that signs."""
        kind, _, encoded = secret.partition("_")
        key = base64.b64decode(encoded, validate=True)
        signed = b".".join([self.headers["webhook-id"].encode(), self.headers["webhook-timestamp"].encode(), self.body])
        expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
        given = [entry.split(",", 1) for entry in self.headers["webhook-signature"].split(" ")]
        return kind == "whsec" and any(version == "v1" and code.encode() == expected for version, code in given)


class Receiver:
    """Answers with the codes in `answers`, in turn, then with 204.

    `delay` is the seconds before each answer; if there is an event `hold`, it answers only after that is set.
    """

    def __init__(self, port: int = 0, context: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.answers: list[int] = []
        self.headers: dict[str, str] = {}
        self.body = b""
        self.hold: Event | None = None
        self.delay = 0.0
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.server.daemon_threads = True
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port: int = self.server.server_address[1]

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.hold:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks?site=mena"

    @property
    def seqs(self) -> list[int]:
        return [request.seq for request in self.received]

    def wait_for(self, number: int, seconds: float = 120) -> list[Received]:
        """Wait for this number of requests, and return all that were received."""
        wait_until(lambda: len(self.received) >= number, seconds)
        return self.received

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.received.append(Received(self.path, headers, body, time.monotonic()))
                time.sleep(receiver.delay)
                if receiver.hold:
                    receiver.hold.wait(60)
                try:
                    self.answer(receiver.answers.pop(0) if receiver.answers else 204)
                except OSError:
                    self.close_connection = True

            def answer(self, code: int) -> None:
                self.send_response(code)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(receiver.body)))
                self.end_headers()
                self.wfile.write(receiver.body)

            def log_message(self, format: str, *args: Any) -> None:
                """Log nothing."""

        return Handler


class DrippingReceiver:
    """Sends an endless answer one byte at a time."""

    def __enter__(self) -> Self:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def _serve(self) -> None:
        client, _ = self.socket.accept()
        with client:
            for part in _drops():
                try:
                    client.sendall(part)
                except OSError:
                    return
                time.sleep(0.05)


def _drops() -> Iterable[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    while True:
        yield b"x"


def wait_until(is_so: Any, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"It is still not so after {seconds} seconds"
        time.sleep(0.02)
