"""Refuse incomplete blocks at their field, and keep everything else that was typed in the form.

Wagtail's widget reads what a browser sends for blocks (their counts, positions, types, the JSON of rich text and
tables) and crashes if part of it is missing or malformed, after a broken connection or when a program sends it. Delete
this module when Wagtail handles that itself.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.blocks.base import BlockField, BlockWidget
from wagtail.fields import StreamField

INCOMPLETE = _("This part of the form did not arrive whole. Load the page again, and check what you changed here.")


class _Incomplete:
    """Stands for blocks that could not be read."""


class WholeBlockWidget(BlockWidget):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError, ValidationError):
            return _Incomplete()


class WholeBlockField(BlockField):
    def __init__(self, block: Any = None, **kwargs: Any) -> None:
        super().__init__(block=block, **{"widget": WholeBlockWidget(block)} | kwargs)

    def clean(self, value: Any) -> Any:
        if isinstance(value, _Incomplete):
            raise ValidationError(INCOMPLETE, code="incomplete")
        return super().clean(value)

    def has_changed(self, initial_value: Any, data_value: Any) -> bool:
        return isinstance(data_value, _Incomplete) or super().has_changed(initial_value, data_value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the form shows: the stored blocks if those that were sent cannot be read."""
        return initial if isinstance(data, _Incomplete) else data


register_form_field_override(StreamField, override={"form_class": WholeBlockField})
