"""What an operation of the API is, said once: the server routes by it, and the OpenAPI document is made from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import NinjaAPI

from .negotiation import check_accept
from .parameters import read_body, read_parameters
from .problems import Culprit, Problem
from .schemas import Parameters

View = Callable[..., HttpResponseBase]
_IN_PATH = re.compile(r"\{(\w+)\}")
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Operation:
    """`path`: below /api/v1; `answer`: the type of a good answer, None where it is text of another form; `media`: its
    media type; `also`: others that the client may prefer; `body`: the type of the request's body; `problems`: statuses
    beyond those that any operation has.
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


def register(api: NinjaAPI, operation: Operation, view: View) -> None:
    """Route an operation. A GET operation answers HEAD too. `view` gets the request, its checked parameters and the
    variables of the path; it answers or raises Problem.
    """

    def handle(request: HttpRequest, **in_path: str) -> HttpResponseBase:
        check_accept(request, operation.media, *operation.also)
        variables = {name: _checked(name, value) for name, value in in_path.items()}
        parameters = read_parameters(operation.parameters, request)
        return view(request, read_body(operation.body, request) if operation.body else parameters, **variables)

    names = _IN_PATH.findall(operation.path)
    handle.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
        + [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=str) for name in names]
    )
    handle.__name__ = operation.name
    methods = ["GET", "HEAD"] if operation.method == "GET" else [operation.method]
    api.api_operation(methods, operation.path, operation_id=operation.name, include_in_schema=False)(handle)


def _checked(name: str, value: str) -> str | UUID:
    """A variable of the path; a content id as what it is."""
    if name != "content_id":
        return value
    if not _UUID.fullmatch(value):
        detail = "A content id is a UUID such as 3f0c1f9e-5f0a-4f5b-9c7e-2f1f5a1c9b1d."
        raise Problem("not-found", detail, [Culprit("invalid-id", detail, parameter=name)])
    return UUID(value)
