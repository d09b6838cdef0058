"""Serve readers who save data (https://wicg.github.io/savedata/): the same pages, each picture only on request."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

_saves_data: ContextVar[bool] = ContextVar("saves_data", default=False)


def saves_data() -> bool:
    """Return whether the reader of the page that is being rendered wants no pictures."""
    return _saves_data.get()


class SaveDataMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What an editor publishes is for everyone, whatever the editor's own setting.
        if request.path_info.startswith("/admin/"):
            return self.get_response(request)
        token = _saves_data.set(request.headers.get("Save-Data", "").strip().lower() == "on")
        try:
            response = self.get_response(request)
        finally:
            _saves_data.reset(token)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Save-Data",))
        return response
