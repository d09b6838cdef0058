from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.languages.declared import LANGUAGE_CODES, direction, reader_language
from core.pages.navigation import footer_menu, menu, search_page


def office(request: HttpRequest) -> dict[str, Any]:
    """Return what the layout of every page needs. The database is not queried until a template uses a value."""
    from core.models import OfficeSettings

    language = reader_language()
    return {
        "language": language,
        "direction": direction(language),
        "language_codes": LANGUAGE_CODES,
        "office": SimpleLazyObject(lambda: OfficeSettings.in_language(language)),
        "menu": SimpleLazyObject(lambda: menu(language)),
        "footer_menu": SimpleLazyObject(lambda: footer_menu(language)),
        "search_page": SimpleLazyObject(lambda: search_page(language)),
    }
