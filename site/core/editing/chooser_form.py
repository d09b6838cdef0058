"""Show an empty chooser, with its field's error, if the value that was sent cannot be a key.

Wagtail's widget queries the database for such a value when the form is shown again, and crashes. Delete this module
when it no longer does.
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
