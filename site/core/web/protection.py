"""Protect responses that must leave no trace: pages on which people write to the office."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from .addresses import parts_of_header


def leave_no_trace(response: HttpResponse) -> HttpResponse:
    """Prevent caches from keeping a response, frames from showing it, and other sites from learning of the visit
    (https://docs.securedrop.org/en/stable/admin/deployment/landing_page.html).
    """
    add_never_cache_headers(response)
    tell_nobody(response)
    return response


def tell_nobody(response: HttpResponse) -> HttpResponse:
    """Prevent other sites from learning that the reader was here, and frames from showing the page."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Frame-Options"] = "DENY"
    response._csp_replace = {"frame-ancestors": ["'none'"]}  # type: ignore[attr-defined]  # read by csp.middleware
    return response


def is_from_another_site(request: HttpRequest) -> bool:
    """Return whether a form was sent by a page of another site. If the browser does not say (an old one, or one that a
    referrer policy makes send “null”), the answer is no: a form that needs no sign-in gives attackers nothing that they
    could not achieve by sending it themselves.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched not in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin != "null" and parts_of_header(origin).netloc != request.get_host()
