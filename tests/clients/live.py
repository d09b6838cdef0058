"""Serves the site to clients over HTTP, with failures on demand."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

Environ = dict[str, Any]
Write = Callable[[bytes], object]
StartResponse = Callable[..., Write]


class Answered(NamedTuple):
    path: str
    query: str
    status: int


class Failure(NamedTuple):
    """A failure to send instead of an answer; with `cut`, the first half of the site's real answer is sent."""

    status: str = "503 Service Unavailable"
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    body: bytes = b"out of order"


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass


class LiveSite:
    """Serves the site in a thread that uses the test's database connection, so it sees uncommitted changes."""

    def __init__(self) -> None:
        self.answered: list[Answered] = []
        self.headers: list[Environ] = []
        self.failures: deque[Failure] = deque()
        self._site = WSGIHandler()
        self._server = WSGIServer(("127.0.0.1", 0), _Handler)
        self._server.set_app(self._application)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._connection = connections["default"]

    def count(self, status: int = 200, path: str = "") -> int:
        """Return the number of answers with this status at addresses that start with `path`."""
        return sum(item.status == status and item.path.startswith(path) for item in self.answered)

    def serve(self) -> Iterator[LiveSite]:
        # Otherwise a request would close the connection, and end the test's transaction.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        self._connection.inc_thread_sharing()
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()
            self._connection.dec_thread_sharing()
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)

    def _run(self) -> None:
        connections["default"] = self._connection
        self._server.serve_forever(poll_interval=0.01)

    def _application(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.headers.append({name: value for name, value in environ.items() if name.startswith("HTTP_")})
        failure = self.failures.popleft() if self.failures else None
        if failure and not failure.cut:
            self._note(environ, failure.status)
            start_response(failure.status, [("Content-Length", str(len(failure.body))), *failure.headers])
            return [failure.body]

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Write:
            self._note(environ, status)
            return start_response(status, headers, *rest)

        answer = self._site(environ, start)
        if failure is None:
            return answer
        body = b"".join(answer)
        answer.close()
        return [body[: len(body) // 2]]

    def _note(self, environ: Environ, status: str) -> None:
        self.answered.append(Answered(environ["PATH_INFO"], environ["QUERY_STRING"], int(status[:3])))
