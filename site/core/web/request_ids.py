"""One id for everything that is logged of a request. It says nothing of who asked."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SHAPE = re.compile(r"[0-9a-f]{32}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request that is being answered, or nothing."""
    return _current.get()


class RequestIdMiddleware:
    """Gives each request an id, the one of our own proxy if there is one, and tells it to whoever meets a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.TRUST_PROXY else ""
        before = _current.set(given if _SHAPE.fullmatch(given) else uuid4().hex)
        try:
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                response["X-Request-ID"] = request_id()
        finally:
            _current.reset(before)
        return response


class WithRequestId(logging.Filter):
    """Adds the id of the request to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id() or "-"
        return True
