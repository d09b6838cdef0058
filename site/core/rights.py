"""Under which terms others may use what the site publishes: from the office settings, for every form that says so."""

from __future__ import annotations

from typing import Any

from .models.office import OfficeSettings
from .request_memory import remembered

# The key of the dependency of documents on this part of the settings of a language (core.documents).
RIGHTS_KEY = "rights:{}"


def rights_of(office: OfficeSettings | None) -> dict[str, Any]:
    """`license` (name and url, null where none is decided on), `terms_url`, `copyright_holder`, `credit_line` and
    `contact_email`; null where the settings say nothing.
    """
    if office is None:
        return dict.fromkeys(("license", "terms_url", "copyright_holder", "credit_line", "contact_email"))
    licence = {"name": office.licence, "url": office.licence_url or None}
    return {
        "license": licence if office.licence else None,
        "terms_url": office.terms_url or None,
        "copyright_holder": office.organization or None,
        "credit_line": office.credit_line or office.organization or None,
        "contact_email": office.contact_email or None,
    }


def rights_in(language: str) -> dict[str, Any]:
    """The terms in the words of a language; asked for once in a request."""

    def found() -> dict[str, Any]:
        return rights_of(OfficeSettings.objects.filter(locale__language_code=language).first())

    return remembered(f"rights in {language}", found)
