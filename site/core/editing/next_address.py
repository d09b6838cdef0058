"""Where the admin leads after a form is `next`, which the browser sends."""

from __future__ import annotations

from django.http import HttpRequest

_NEXT = "next"
_BEGINNINGS = ("/", "http://", "https://")


def forget_wrong_next(request: HttpRequest, *parts: str) -> None:
    """Forget `next` in these parts of a request ("GET", "POST") where it is no address: Wagtail then leads where it
    does without one. Django would take it for the name of a view, and fail when all has been stored.
    """
    for part in parts:
        sent = getattr(request, part)
        if any(value and not value.startswith(_BEGINNINGS) for value in sent.getlist(_NEXT)):
            right = sent.copy()
            del right[_NEXT]
            setattr(request, part, right)
