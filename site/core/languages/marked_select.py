"""A list to choose from in which a name of another language than the reader's says so (WCAG 3.1.2)."""

from __future__ import annotations

from typing import Any

from django import forms

from core.languages.declared import NATIVE_NAMES, direction
from core.languages.language import TextIn


class MarkedSelect(forms.Select):
    def create_option(self, name: str, value: Any, label: int | str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(label, TextIn):
            option["attrs"] |= {"lang": label.language, "dir": direction(label.language)}
        return option


def native_name_choices() -> list[tuple[str, str]]:
    """Return the languages of the site, each by its own name, which is marked with it."""
    return [(code, TextIn(name, code)) for code, name in NATIVE_NAMES.items()]
