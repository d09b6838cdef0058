"""Follow the redirects that editors create and moved pages leave behind."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from core.languages.links import with_query

_REDIRECTS = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's middleware, which drops the query of the address; here it is kept. It is not added to a redirect made
    for an address with its query, nor passed to another site.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is not response and answer.status_code in _REDIRECTS and not _is_of_query(request):
            location = answer["Location"]
            if urlsplit(location).netloc in ("", urlsplit(settings.BASE_URL).netloc):
                answer["Location"] = with_query(location, request)
        return answer


def _is_of_query(request: HttpRequest) -> bool:
    """Return whether the redirect of a request was made for exactly its query."""
    if not request.META.get("QUERY_STRING"):
        return False
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) is not None
