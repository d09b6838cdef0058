"""Views that belong to no page type: choice of language, pages in other languages, errors."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from core.languages.declared import direction, reader_language
from core.languages.links import with_query
from core.languages.versions import language_versions_of
from core.pages.moments import note_moments
from core.pages.pagination import BehindLastPage
from core.pages.redirect_middleware import RedirectMiddleware
from core.pages.routing import content_at, content_of_short_code, find_page
from core.pages.unavailable import unavailable
from core.web.database_away import is_away
from core.web.methods import FORM, decides_itself
from core.web.protection import is_from_another_site
from core.web.request_ids import request_id
from core.web.request_memory import shared_memory

# The response of the admin's redirects to a request; 404 if there is none for it.
redirected = RedirectMiddleware(lambda request: HttpResponseNotFound())


def choose_language(request: HttpRequest) -> HttpResponse:
    """Redirect `/` to the visitor's preferred language; only this address depends on the visitor."""
    response = HttpResponseRedirect(with_query(f"/{reader_language()}/", request))
    patch_vary_headers(response, ("Accept-Language",))
    return response


@decides_itself
@csrf_exempt  # page forms need no sign-in and must work without a cookie; forms on other sites are refused
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Return the page at an address; if this language lacks it, a redirect, a notice or a link to it.

    Shared caches may keep a response only if the visitor's session was not read.
    """
    language = reader_language()
    page = find_page(language, path)
    methods = page.allowed_http_method_names() if page else FORM
    if request.method not in methods:
        return method_not_allowed(methods)
    if request.method == "POST" and is_from_another_site(request):
        return permission_denied(request)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]
        try:
            response: HttpResponse = wagtail_serve(request, path)
        except BehindLastPage as behind:
            return last_page(request, behind.last)
        if response.status_code == 200 and "Cache-Control" not in response and not request.session.accessed:
            patch_cache_control(response, public=True, no_cache=True)
            note_moments(page.expire_at)
        return response
    content = content_at(language, path)
    if content is None:
        raise Http404
    redirect: HttpResponse = redirected(request)
    return missing_language(request, content) if redirect.status_code == HTTPStatus.NOT_FOUND else redirect


def last_page(request: HttpRequest, number: int) -> HttpResponse:
    """Redirect from a page that a list does not have, or no longer has, to its last one."""
    query = request.GET.copy()
    query["page"] = str(number)
    if number == 1:
        del query["page"]
    path = quote(request.path)
    return HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)


def missing_language(request: HttpRequest, content: UUID) -> HttpResponse:
    """Say, in the reader's language, that a content does not exist in it, and link to the languages it has. If it
    exists in this language under another address, redirect there. 404 if the public can read it in none.
    """
    versions = language_versions_of([content]).get(content)
    if not versions:
        raise Http404
    here = versions.get(reader_language())
    if here:
        return HttpResponseRedirect(with_query(here.url, request))
    response = render(request, "pages/missing_language.html", {"language_versions": versions, "is_missing": True})
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect to a content in the reader's language. Not permanent: its page may move, or a language may be added."""
    content = content_of_short_code(code.lower())
    if content is None:
        raise Http404
    return missing_language(request, content)


@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nDisallow: /admin/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_error("400.html", 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Refuse a request without reading it. No browser sends so much: the fields of the forms accept less."""
    return _plain_error("413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def method_not_allowed(methods: Iterable[str]) -> HttpResponse:
    """Refuse a method that an address does not have, and say which it has. No reader's browser sends one."""
    response = _plain_error("405.html", HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = ", ".join(methods)
    return response


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody expected. Django calls this while it handles the exception."""
    if is_away(sys.exception()):
        return unavailable(request)
    return _plain_error("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form's CSRF token did not match. Nothing typed is lost: the browser's "back" still has it."""
    return _error_page(request, "403_csrf.html", 403)


def _error_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Show an error in the layout of the site. A request whose address states no language has no request memory yet."""
    with shared_memory():
        return render(request, template, status=status)


def _plain_error(template: str, status: int) -> HttpResponse:
    """Return an error page that needs no database, no cache and no request."""
    language = reader_language()
    with translation.override(language):
        context = {"language": language, "direction": direction(language), "request_id": request_id()}
        html = render_to_string(template, context)
    return HttpResponse(html, status=status)
