"""Middleware of this site: the language of a request, one transaction for each admin request, and refusals of methods
that an address does not have, of forms that are too large and of characters that no database can store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from http import HTTPMethod, HTTPStatus
from traceback import walk_tb
from typing import Any
from urllib.parse import unquote_plus, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.db.models import IntegerField
from django.forms.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext_lazy as _

from accounts.languages import admin_language
from core.editing.collisions import carry_out, is_collision
from core.editing.next_address import forget_wrong_next
from core.embargo import EmbargoRefused
from core.files.storage import is_out_of_room
from core.languages.declared import LANGUAGE_CODES
from core.publication.rules import PublicationRefused
from core.web.addresses import parts_of_header
from core.web.methods import FORM, READ, methods_of
from core.web.request_memory import request_memory

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


def language_of_path(path: str) -> str | None:
    """Return the language that an address states in its first segment."""
    segment = path.split("/", 2)[1] if path.startswith("/") else ""
    return segment if segment in LANGUAGE_CODES else None


class LanguageMiddleware:
    """Sets the language from the address; if it states none (admin, errors), from the visitor's preferences.

    Unlike Django's LocaleMiddleware it never redirects, so a wrong address is a 404 at that address.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stated = language_of_path(request.path_info)
        language = stated or translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), request_memory() if stated else nullcontext():
            response = self.get_response(request)
        if not getattr(response, "states_its_language", False):
            response.headers.setdefault("Content-Language", language)
        if stated is None and response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language",))
        return response


class MethodsMiddleware:
    """Answers 405 where an address does not have the method, before anything of the request is looked at. Views of the
    admin have methods of their own; only those that are open to all are the site's business.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        methods = None if request.method in READ else _methods(request.path_info)
        if methods is None or request.method in methods:
            return self.get_response(request)
        from core.pages.views import method_not_allowed

        return method_not_allowed(methods)


def _methods(path: str) -> tuple[HTTPMethod, ...] | None:
    """Return the methods of an address; None if there is nothing at it, or it says so itself."""
    if path.startswith("/admin/"):
        return FORM if path.startswith(_OPEN_TO_ALL) else None
    try:
        return methods_of(resolve(path).func)
    except Resolver404:
        return None


# The longest inquiry that the form accepts, percent-encoded, in a script of three bytes per letter.
LARGEST_FORM = 100 * 1024
_OPEN_TO_ALL = ("/admin/login/", "/admin/password_reset/")


class FormSizeMiddleware:
    """Answers 413 to a public form that is larger than any of ours, before a byte of it is read or parsed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_FORM and not _may_send_much(request):
            from core.pages.views import too_large

            return too_large(request)
        return self.get_response(request)


def _may_send_much(request: HttpRequest) -> bool:
    """Return whether the request may be large: staff upload pictures and files; without a session no one is staff."""
    path = request.path_info
    of_staff = path.startswith("/admin/") and not path.startswith(_OPEN_TO_ALL)
    return of_staff and settings.SESSION_COOKIE_NAME in request.COOKIES


_SHOWING = ("GET", "HEAD", "OPTIONS")
INCOMPLETE_FORM = _("The form did not arrive whole, so nothing was stored. Load the page again and send it once more.")
NO_ROOM = _(
    "The site has no room to store the file, so nothing was stored. Please tell the person who looks after the site, "
    "and try "
    "again later."
)


class UnitOfWorkMiddleware:
    """Makes each admin request of an editor one transaction: all of it is stored, or none."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, keywords: Any) -> HttpResponse | None:
        path = request.path_info
        if not path.startswith("/admin/"):
            return None
        forget_wrong_next(request, "GET")
        # What anybody may send counts itself, outside a transaction that holds up others who do the same.
        if request.method in _SHOWING or path.startswith(_OPEN_TO_ALL):
            return None
        try:
            forget_wrong_next(request, "POST")
            return carry_out(request, view, arguments, keywords)
        except (EmbargoRefused, PublicationRefused) as refused:
            return _refusal(request, "publication_refused", refused.messages)
        except (AttributeError, LookupError, ValueError) as error:
            return _answer_to_what_is_no_form(request, error)
        except OSError as error:
            if not is_out_of_room(error):
                raise
            logger.exception("No file can be stored")
            return _refusal(request, "no_room", [NO_ROOM])

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Repeat a view that only shows a page but collided: it may still store who is looking at the page. If someone
        has just deleted the page, the second attempt does not find it. Refuse words where the admin expects a number.
        """
        if request.path_info.startswith("/admin/") and _is_no_number(exception):
            from core.pages.views import bad_request

            return bad_request(request)
        match = request.resolver_match
        is_shown = request.method in _SHOWING and request.path_info.startswith("/admin/")
        if match and is_shown and isinstance(exception, DatabaseError) and is_collision(exception):
            again: HttpResponse = match.func(request, *match.args, **match.kwargs)
            return again
        return None


def _answer_to_what_is_no_form(request: HttpRequest, error: Exception) -> HttpResponse:
    """Refuse a form that a program has made up. Raise the error again if it is one of the site's own."""
    if _is_no_number(error):
        raise BadRequest from error
    # Wagtail's views, and the checks of some of its forms, expect the fields of their forms.
    is_known = isinstance(error, MultiValueDictKeyError) or _is_empty(request) or _is_of_a_check(error)
    if isinstance(error, ValueError) or not is_known:
        raise error
    logger.warning("A form did not arrive whole: %s (%s)", request.path_info, type(error).__name__)
    return _refusal(request, "incomplete_form", [INCOMPLETE_FORM])


def _is_empty(request: HttpRequest) -> bool:
    """Return whether nothing of a form arrived, but perhaps its token."""
    return not request.FILES and not request.POST.keys() - {"csrfmiddlewaretoken"}


def _is_of_a_check(error: BaseException) -> bool:
    """Return whether an error was raised while a form was checked."""
    return any(frame.f_code is BaseForm.full_clean.__code__ for frame, _ in walk_tb(error.__traceback__))


def _is_no_number(error: BaseException) -> bool:
    """Return whether the database was to be asked for an object by a number that is none, such as "?id=x": Wagtail's
    views pass on what they were sent.
    """
    frames = [frame.f_code for frame, _ in walk_tb(error.__traceback__)]
    return isinstance(error, ValueError) and frames[-1:] == [IntegerField.get_prep_value.__code__]


def _refusal(request: HttpRequest, code: str, reasons: Iterable[Any]) -> HttpResponse:
    """Send the editor back to the previous page, with the reasons; nothing was stored."""
    with translation.override(admin_language(request)):
        sentences = [str(reason) for reason in reasons]
    if "text/html" not in request.headers.get("Accept", "text/html"):
        body = {"success": False, "error_code": code, "error_message": " ".join(sentences)}
        match = request.resolver_match
        is_shown_as_it_is = bool(match and match.view_name.endswith(":add_multiple"))
        return JsonResponse(body, status=HTTPStatus.OK if is_shown_as_it_is else HTTPStatus.CONFLICT)
    for sentence in sentences:
        messages.error(request, sentence)
    referer = parts_of_header(request.headers.get("Referer", ""))
    is_ours = referer.netloc == request.get_host() and referer.path.startswith("/admin/")
    return HttpResponseRedirect(
        urlunsplit(("", "", referer.path, referer.query, "")) if is_ours else reverse("wagtailadmin_home")
    )


class TextSanityMiddleware:
    """Answers 400 to an address that contains a NUL character, which PostgreSQL cannot store or compare."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "\x00" in unquote_plus(request.META.get("QUERY_STRING", "")):
            from core.pages.views import bad_request

            with translation.override(language_of_path(request.path_info) or settings.LANGUAGE_CODE):
                return bad_request(request)
        return self.get_response(request)
