"""The definition of an API operation, in one place: both the routes and the OpenAPI document are built from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from .negotiation import check_accept
from .parameters import read_body, read_parameters
from .problems import Culprit, Problem
from .schemas import Parameters

View = Callable[..., HttpResponseBase]
_IN_PATH = re.compile(r"\{(\w+)\}")
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Operation:
    """An operation of the API. `path` is below /api/v1; `answer` is the type of a successful response, or None if it
    is text in another format; `media` is its media type and `also` has others that the client may prefer; `body` is
    the type of the request body; `problems` has the statuses in addition to those of every operation.
    """

    path: str
    name: str
    summary: str
    tag: str
    answer: Any
    media: str = "application/json"
    also: tuple[str, ...] = ()
    method: str = "GET"
    parameters: type[Parameters] = Parameters
    body: type[Parameters] | None = None
    problems: tuple[int, ...] = ()
    cacheable: bool = True


def routes(operations: Iterable[tuple[Operation, View]]) -> list[URLPattern]:
    """Return one pattern for each path, in the order of the operations. A view gets the request, its checked
    parameters and the path variables; it returns a response or raises Problem.
    """
    by_path: dict[str, dict[str, tuple[Operation, View]]] = {}
    for operation, view in operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation, view
    return [_route(pattern, by_method) for pattern, by_method in by_path.items()]


def _route(pattern: str, by_method: dict[str, tuple[Operation, View]]) -> URLPattern:
    """Return the pattern of a path, named after its GET operation."""
    operation, _ = by_method["GET"]
    return path(_IN_PATH.sub(r"<\1>", pattern.lstrip("/")), partial(_dispatch, by_method), name=operation.name)


def _dispatch(by_method: dict[str, tuple[Operation, View]], request: HttpRequest, **in_path: str) -> HttpResponseBase:
    """Run the operation for the request's method, which the middleware has checked; GET also serves HEAD."""
    operation, view = by_method["POST" if request.method == "POST" else "GET"]
    check_accept(request, operation.media, *operation.also)
    variables = {name: _checked(name, value) for name, value in in_path.items()}
    parameters = read_parameters(operation.parameters, request)
    return view(request, read_body(operation.body, request) if operation.body else parameters, **variables)


def _checked(name: str, value: str) -> str | UUID:
    """Return a path variable, a content id as a UUID. Raise Problem if it is not one."""
    if name != "content_id":
        return value
    if not _UUID.fullmatch(value):
        detail = "A content id is a UUID such as 3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d."
        raise Problem("not-found", detail, [Culprit("invalid-id", detail, parameter=name)])
    return UUID(value)
