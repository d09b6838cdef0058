"""Answer those who watch the site: `/live`, whether the process answers at all, `/ready`, whether it should be sent
visitors, and `/metrics`, what is measured (docs/operations.md, “Watching the site”).

A middleware before all others, so that neither https nor a name of the host is asked for, no language is chosen and
nothing is counted.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.crypto import constant_time_compare

from core.web.methods import READ
from monitoring.measures import ROOM_NEEDED
from monitoring.readings import free_disk, search_engine, worker_is_late

GetResponse = Callable[[HttpRequest], HttpResponse]
# The database answered and every migration was applied: nobody takes that back while this process runs.
_known: set[str] = set()


class HealthMiddleware:
    """Answers `/live` to everybody, the others to this machine and to whoever has the token; the rest get a 404."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._answer(request)
        if answer is None:
            return self.get_response(request)
        response = answer() if request.method in READ else HttpResponseNotAllowed(READ)
        response["Cache-Control"] = "no-store"
        return response

    def _answer(self, request: HttpRequest) -> Callable[[], HttpResponse] | None:
        if request.path_info == "/live":
            return _live
        answer = _FOR_WATCHERS.get(request.path_info)
        return answer if answer and _may_ask(request) else None


def _live() -> HttpResponse:
    return HttpResponse("live\n", content_type="text/plain")


def _may_ask(request: HttpRequest) -> bool:
    """Return whether the request comes from this machine, past the proxy, or with the token."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.READY_TOKEN and constant_time_compare(token, settings.READY_TOKEN):
        return True
    try:
        is_here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return is_here and "X-Forwarded-For" not in request.headers


def _readiness() -> HttpResponse:
    state = {"database": _database(), "migrations": "unknown", "worker": "unknown", "search": "unknown"}
    state["disk"] = "ok" if free_disk() >= ROOM_NEEDED else "full"
    if state["database"] == "ok":
        state["migrations"] = _migrations()
    # Before that, tables and columns that this release asks for may be missing.
    if state["migrations"] == "ok":
        state |= {"worker": "late" if worker_is_late() else "ok", "search": search_engine()}
    is_ready = state["database"] == state["migrations"] == "ok"
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": is_ready, **state}, status=status)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def _migrations() -> str:
    """Compare the database with the code until they agree. An older release may find newer migrations: that is fine."""
    if "migrations" not in _known:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "missing"
        _known.add("migrations")
    return "ok"


def _metrics() -> HttpResponse:
    from monitoring.metrics import CONTENT_TYPE, metrics  # with a library that few requests need

    return HttpResponse(metrics(), content_type=CONTENT_TYPE)


_FOR_WATCHERS = {"/ready": _readiness, "/metrics": _metrics}
