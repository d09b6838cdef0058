"""A chooser that is sent what can be no key shows that nothing is chosen, beside the refusal of its field.

Wagtail's widget asks the database for it when the form is shown again, and fails. Delete when it does not.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.widgets.chooser import BaseChooser

_upstream = BaseChooser.get_instance


def _get_instance(chooser: Any, value: Any) -> Any:
    try:
        return _upstream(chooser, value)
    except (OverflowError, TypeError, ValueError, ValidationError):
        return None


BaseChooser.get_instance = _get_instance
