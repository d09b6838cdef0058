"""Below /api/ everything is for programs: every error is a problem document, and any site may ask."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from .problems import Culprit, Problem

LONGEST_ADDRESS = 4000
MEDIA_TYPES = ("*/*", "application/*", "application/json", "application/feed+json", "application/atom+xml", "application/ld+json",
               "application/problem+json", "text/*", "text/html")  # fmt: skip
_KIND_OF_STATUS = {400: "invalid-parameter", 403: "not-found", 404: "not-found", 405: "method-not-allowed"}


class ApiMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        response = self._refusal(request) or self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = (
            "ETag, Link, Last-Modified, RateLimit, RateLimit-Policy, Retry-After"
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        """What is refused before anything looks at it, and OPTIONS, which needs nothing else."""
        query = request.META.get("QUERY_STRING", "")
        if len(request.path_info) + len(query) > LONGEST_ADDRESS:
            return Problem("address-too-long", f"An address has at most {LONGEST_ADDRESS} characters.").response()
        if "\x00" in request.path_info or "\x00" in unquote_plus(query):
            names = [name for name, values in request.GET.lists() if "\x00" in name + "".join(values)] or ["path"]
            errors = [Culprit("control-character", "Leave out the NUL character.", parameter=name) for name in names]
            return Problem("invalid-parameter", "The address holds a NUL character.", errors).response()
        if not _accepts(request.headers.get("Accept", "*/*")):
            return Problem("not-acceptable", "Accept application/json.").response()
        if request.method == "OPTIONS":
            return self._options(request)
        return None

    def _options(self, request: HttpRequest) -> HttpResponse:
        allowed = _allowed_methods(request.path_info)
        if not allowed:
            return Problem("not-found", "There is nothing at this address.").response()
        response = HttpResponse(status=204)
        response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
        response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match, If-Modified-Since"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_problem = response.get("Content-Type", "").startswith("application/problem+json")
        if response.status_code < 400 or is_problem:
            return response
        kind = _KIND_OF_STATUS.get(response.status_code, "internal-error")
        headers = {"Allow": _allowed_methods(request.path_info)} if kind == "method-not-allowed" else {}
        detail = {
            "not-found": "There is nothing at this address.",
            "method-not-allowed": f"Use {headers.get('Allow')}.",
        }
        return Problem(kind, detail.get(kind, "The request cannot be answered."), headers=headers).response()


def _allowed_methods(path: str) -> str:
    """The methods of an address, for Allow; empty where there is nothing."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    if not match.app_name == match.namespace == "" and match.namespace != "api-v1":
        return ""
    return "GET, HEAD, OPTIONS"


def _accepts(accept: str) -> bool:
    ranges = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return not any(ranges) or any(item in MEDIA_TYPES for item in ranges)
