"""Count the answers of a web process and the time that each took, for `/metrics`. No address is kept of anybody, and
none of a page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import Counter, Histogram

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

ANSWERS = Counter("website_answers", "Answers, by part of the site and class of the status", ["part", "status"])
SECONDS = Histogram(
    "website_answer_seconds",
    "Time until an answer begins, by part of the site",
    ["part"],
    buckets=(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
PARTS = {"admin": "admin", "api": "api", "static": "static", "media": "files", "documents": "files"}
_NOT_COUNTED = ("/live", "/ready", "/metrics")


def counted(application: Application) -> Application:
    """Return the WSGI application with its answers counted."""

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path in _NOT_COUNTED:
            return application(environ, start_response)
        part = part_of(path)
        begun = time.perf_counter()

        def start(status: str, headers: Any, *arguments: Any) -> Any:
            ANSWERS.labels(part, f"{status[0]}xx").inc()
            SECONDS.labels(part).observe(time.perf_counter() - begun)
            return start_response(status, headers, *arguments)

        return application(environ, start)

    return answer


def part_of(path: str) -> str:
    """Return the part of the site that an address belongs to."""
    return PARTS.get(path.split("/", 2)[1] if path.startswith("/") else "", "pages")
