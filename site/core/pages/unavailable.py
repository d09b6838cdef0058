"""What visitors are told while the database is away. It needs no database: how to reach the office is in a file."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from core.languages.declared import LANGUAGE_CODES, direction, reader_language
from core.pages.contact_copy import kept_contact
from core.web.database_away import RETRY_AFTER
from core.web.lifetime import current

# The longest that a form of the site sends, and what is no text that somebody typed.
_SHOWN = 20
_HIDDEN = ("csrfmiddlewaretoken", "stamp", "proof", "password")


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return 503 in the language of the address, with the office's telephone and mail. What was typed into a form is
    shown again, so that it can be copied: nothing of it was stored.
    """
    if lifetime := current():
        lifetime.database_is_away = True
    stated = request.path_info.split("/", 2)[1]
    language = stated if stated in LANGUAGE_CODES else reader_language()
    with translation.override(language):
        context = {
            "language": language,
            "direction": direction(language),
            "contact": kept_contact(language),
            "typed": _typed(request),
            "is_sent": request.method == "POST",
        }
        html = render_to_string("503.html", context)
    response = HttpResponse(html, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response


def _typed(request: HttpRequest) -> list[str]:
    """Return the texts of a form that a reader sent."""
    if request.method != "POST" or request.path_info.startswith("/admin/"):
        return []
    texts = [value.strip() for name, values in request.POST.lists() if name not in _HIDDEN for value in values]
    return [text for text in texts if text][:_SHOWN]
