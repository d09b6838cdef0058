"""Two headers of every answer: that it needs no device of the reader's, and who may embed it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _UNUSED)


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
