"""The terms under which others may use what the site publishes: from the office settings, for every format that states
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from core.web.request_memory import remembered

if TYPE_CHECKING:
    from core.models import OfficeSettings

# The key of documents' dependency on this part of a language's settings (core.content_types.builder).
RIGHTS_KEY = "rights:{}"


def rights_of(office: OfficeSettings | None) -> dict[str, Any]:
    """Return `license` (name and url, null if none has been decided on), `terms_url`, `copyright_holder`, `credit_line`
    and `contact_email`; null if the settings are empty.
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
    """Return the terms in a language; queried once per request."""

    def found() -> dict[str, Any]:
        offices = apps.get_model("core", "OfficeSettings").objects
        return rights_of(offices.filter(locale__language_code=language).first())

    return remembered(f"rights in {language}", found)
