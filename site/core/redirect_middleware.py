"""The redirects that editors and moved pages leave behind."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.language_links import with_query

_REDIRECTS = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)


class RedirectMiddleware(WagtailRedirectMiddleware):
    """As Wagtail's, which forgets the query of the address. A redirect that was made for an address with its query has
    answered it already, and what a reader asked this site for is not passed to another.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is not response and answer.status_code in _REDIRECTS and not _is_of_query(request):
            location = answer["Location"]
            if urlsplit(location).netloc in ("", urlsplit(settings.BASE_URL).netloc):
                answer["Location"] = with_query(location, request)
        return answer


def _is_of_query(request: HttpRequest) -> bool:
    """Whether the redirect of a request is for the very query that it has."""
    if not request.META.get("QUERY_STRING"):
        return False
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) is not None
