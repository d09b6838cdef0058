"""Names what the OpenAPI document cannot describe, for the tests that generate requests from it."""

from __future__ import annotations

from typing import Any

from schemathesis.specs.openapi.checks import positive_data_acceptance

# No pattern describes the addresses of this site or a check digit, so these may refuse what the document allows.
_REFUSING = ("/resolve", "/lookup")


def excluded_checks(case: Any) -> list[Any]:
    """Return the checks of Schemathesis that do not apply to the operation of `case`."""
    return [positive_data_acceptance] if case.path.endswith(_REFUSING) else []
