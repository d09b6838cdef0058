"""Headers of every answer: what its page may load and run, that it needs no device of the reader's, and who may embed
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _UNUSED)
# Pages of the admin in which Wagtail writes scripts: for date and time fields, choosers, and lists of parts.
_WITH_SCRIPTS = re.compile(
    r"/admin/(bulk|groups|localize|pages|reports|sites|snippets/press/spokesperson|users|workflows)/.*"
    r"|/admin/redirects/(add|\d+)/"
    r"|/admin/(api-keys|press-desk/(covers|duties|holidays|hours|routing)|search/recommended)/(copy|edit|new)/.*"
    r"|/admin/.*/history/\d+/"
)


class PoliciesMiddleware:
    """Sets Permissions-Policy and Cross-Origin-Resource-Policy.

    Pages are for this site alone; pictures, documents, feeds and the API may stand in any other: no session goes along
    there (SESSION_COOKIE_SAMESITE). An answer 304 without a type leaves what the reader's copy says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if kind := response.get("Content-Type"):
            is_ours = kind.startswith("text/html") or request.path_info.startswith("/admin/")
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin" if is_ours else "cross-origin")
        return response


class ContentPolicyMiddleware(CSPMiddleware):
    """Sets Content-Security-Policy: the public site's, or the admin's (decision 38)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        path = request.path_info
        if path.startswith("/admin/") and parts.config is None and not report_only:
            scripts = {"script-src": [SELF, UNSAFE_INLINE]} if _WITH_SCRIPTS.fullmatch(path) else {}
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY | scripts
        return parts
