"""Middleware for everything below /api/, which is for programs: every error is a problem document, and requests from
any origin are allowed.

The API uses no session, cookie or visitor's language, so its requests end here and skip the middleware that follows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

from core.web.database_away import RETRY_AFTER, is_away
from core.web.request_memory import request_memory

from .limits import Client, Meter, anonymous, client_of
from .problems import LONGEST_ADDRESS, Culprit, Problem, too_long

logger = logging.getLogger(__name__)

_READ = "GET, HEAD, OPTIONS"
_METHODS = {"/api/v1/search": "GET, HEAD, POST, OPTIONS"}
_EXPOSED = (
    "API-Key-Last-Day, Allow, Content-Language, ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"
)
_ALLOWED = "Authorization, Content-Type, If-None-Match, If-Modified-Since"


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != "/api" and not request.path_info.startswith("/api/"):
            return self.get_response(request)
        with translation.override("en"), request_memory():
            response = _metered(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        response["X-Content-Type-Options"] = "nosniff"
        if isinstance(response, StreamingHttpResponse):
            if request.method == "HEAD":
                response.streaming_content = ()
            return response
        if "Content-Length" not in response and response.status_code not in (204, 304):
            response["Content-Length"] = str(len(response.content))
        if request.method == "HEAD":
            response.content = b""
        return response


def _metered(request: HttpRequest) -> HttpResponse:
    """Return the response, with the request counted against the client's quota."""
    meter = Meter(anonymous(request))
    try:
        _check_address(request)
        meter = Meter(_client(request, meter))
        meter.charge(request)
        response = _answer(request)
    except Problem as problem:
        if not meter.used:
            meter.refuse()
        response = problem.response()
    except Http404:
        response = Problem("not-found", "There is nothing at this address.").response()
    except Exception as error:
        if is_away(error):
            because = {"status_code": HTTPStatus.SERVICE_UNAVAILABLE}
            logger.error("The API cannot reach the database: %s", type(error).__name__, extra=because)
            response = _unavailable().response()
        else:
            logger.exception("Error in the API")
            response = Problem("internal-error", "The error has been recorded. Try again later.").response()
    return meter.settle(response)


def _unavailable() -> Problem:
    detail = "The database cannot be reached now. Try again later."
    return Problem("unavailable", detail, headers={"Retry-After": str(RETRY_AFTER)})


def _client(request: HttpRequest, meter: Meter) -> Client:
    """Return the client. An invalid key is charged to the sender's address, which limits guessing of keys."""
    try:
        return client_of(request, meter.client)
    except Problem:
        meter.charge(request)
        raise


def _check_address(request: HttpRequest) -> None:
    """Raise Problem for an address that is refused before anything else reads it."""
    query = request.META.get("QUERY_STRING", "")
    if len(request.path_info) + len(query) > LONGEST_ADDRESS:
        raise too_long()
    try:
        request.get_host()
    except DisallowedHost as error:
        detail = "This site has another name."
        raise Problem("invalid-parameter", detail, [Culprit("unknown-host", detail, parameter="Host")]) from error
    if query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise too_long()
    wrong = [piece for piece in query.split("&") if not _is_text(piece.replace("+", " "))]
    errors = [_not_text(piece.partition("=")[0]) for piece in wrong]
    if not _is_text(request.path_info):
        errors.append(_not_text("path"))
    if errors:
        names = ", ".join(str(error.parameter) for error in errors)
        raise Problem("invalid-parameter", f"Correct or leave out: {names}.", errors)


def _is_text(encoded: str) -> bool:
    """Return whether it is UTF-8, which has no lone surrogates, without NUL, which no database accepts."""
    try:
        return "\x00" not in unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False


def _not_text(encoded_name: str) -> Culprit:
    name = unquote_to_bytes(encoded_name).decode(errors="replace").replace("\x00", "\ufffd")
    return Culprit("not-text", "Send text in UTF-8, without NUL.", parameter=name)


def _answer(request: HttpRequest) -> HttpResponse:
    """Return the response of the address, or a problem document if the address or the method does not exist."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return Problem("not-found", "There is nothing at this address.").response()
    allowed = _METHODS.get(request.path_info, _READ)
    if request.method == "OPTIONS":
        return _options(allowed)
    if request.method not in allowed.split(", "):
        return Problem("method-not-allowed", f"Use {allowed}.", headers={"Allow": allowed}).response()
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def _options(allowed: str) -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Headers"] = _ALLOWED
    response["Access-Control-Max-Age"] = "86400"
    return response
