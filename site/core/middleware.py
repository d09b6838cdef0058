"""Middleware of our own: the language of a request, what is too large for a form, and characters that no database
takes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.languages import LANGUAGE_CODES
from core.request_memory import request_memory
from core.unit_of_work import unit_of_work

GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of_path(path: str) -> str | None:
    """The language that an address states by its first segment."""
    segment = path.split("/", 2)[1] if path.startswith("/") else ""
    return segment if segment in LANGUAGE_CODES else None


class LanguageMiddleware:
    """The address decides the language; where it states none (admin, errors), the visitor's preferences do.

    Unlike Django's LocaleMiddleware it redirects nothing, so that a wrong address is a 404 at that address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = language_of_path(request.path_info)
        language = stated or translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), request_memory() if stated else nullcontext():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if stated is None and response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language",))
        return response


# The longest inquiry that the form takes, in a script of three bytes a letter, percent-encoded.
LARGEST_FORM = 100 * 1024
_OPEN_TO_ALL = ("/admin/login/", "/admin/password_reset/")


class FormSizeMiddleware:
    """Answers 413 to a form of the public that is larger than any of ours, before a byte of it is read or parsed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_FORM and not _may_send_much(request):
            from core.views import too_large

            return too_large(request)
        return self.get_response(request)


def _may_send_much(request: HttpRequest) -> bool:
    """Staff upload pictures and files; without a session nobody is staff."""
    path = request.path_info
    of_staff = path.startswith("/admin/") and not path.startswith(_OPEN_TO_ALL)
    return of_staff and settings.SESSION_COOKIE_NAME in request.COOKIES


class UnitOfWorkMiddleware:
    """What an editor sends to the admin is one transaction: all of it is stored, or none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> HttpResponse | None:
        if request.method in ("GET", "HEAD", "OPTIONS") or not request.path_info.startswith("/admin/"):
            return None
        with unit_of_work():
            response: HttpResponse = view(request, *arguments, **keywords)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response


class TextSanityMiddleware:
    """Answers 400 to an address that holds a NUL character, which PostgreSQL cannot store or compare."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "\x00" in unquote_plus(request.META.get("QUERY_STRING", "")):
            from core.views import bad_request

            with translation.override(language_of_path(request.path_info) or settings.LANGUAGE_CODE):
                return bad_request(request)
        return self.get_response(request)
