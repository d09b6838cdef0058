"""Changing the language of a form that is half filled in: what was typed is sent to the form in the other language,
which shows it. Nothing of it is stored or checked.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest

TypedForm = TypeVar("TypedForm", bound=Form)
# The name of the buttons in the language bar; their value is the language that the form is left in.
LEFT_LANGUAGE = "left_language"


def is_language_change(request: HttpRequest) -> bool:
    """Whether a form was sent only to go on with it in this language."""
    return request.method == "POST" and LEFT_LANGUAGE in request.POST


def in_this_language(sent: TypedForm) -> TypedForm | None:
    """The form with what was typed into it in another language, without errors; None where nothing was."""
    as_it_was: dict[str, Any] = {"language": sent.data.get(LEFT_LANGUAGE)}
    typed = [name for name in sent.changed_data if sent.data.get(name) != as_it_was.get(name)]
    if not typed:
        return None
    return type(sent)(initial={field.name: field.value() for field in sent if field.name not in _traps(sent)})


def _traps(form: Form) -> frozenset[str]:
    """What people do not see stays empty."""
    return getattr(form, "traps", frozenset())
