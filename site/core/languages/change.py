"""Change the language of a half-filled form: what was typed is sent to the form in the other language, which shows it.
None of it is stored or validated.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest

TypedForm = TypeVar("TypedForm", bound=Form)
# The name of the buttons in the language bar; their value is the language that the reader leaves.
LEFT_LANGUAGE = "left_language"


def is_language_change(request: HttpRequest) -> bool:
    """Return whether a form was sent only to continue with it in this language."""
    return request.method == "POST" and LEFT_LANGUAGE in request.POST


def in_this_language(sent: TypedForm) -> TypedForm | None:
    """Return the form with what was typed into it in another language, without errors; None if nothing was typed."""
    as_it_was: dict[str, Any] = {"language": sent.data.get(LEFT_LANGUAGE)}
    typed = [name for name in sent.changed_data if sent.data.get(name) != as_it_was.get(name)]
    if not typed:
        return None
    return type(sent)(initial={field.name: field.value() for field in sent if field.name not in _traps(sent)})


def _traps(form: Form) -> frozenset[str]:
    """Return the fields that people do not see, which stay empty."""
    return getattr(form, "traps", frozenset())
