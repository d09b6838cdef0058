"""Template filters for the people of the press room."""

from __future__ import annotations

from django import template

from core.languages import reader_language
from press.models import Desk, Spokesperson
from press.models.spokesperson import spoken_language_name

register = template.Library()


@register.filter
def name_for_reader(named: Spokesperson | Desk) -> str:
    return named.name(reader_language())


@register.filter
def role_for_reader(person: Spokesperson) -> str:
    return person.role(reader_language())


@register.filter
def spoken_language_names(codes: list[str]) -> list[str]:
    """The names of languages in the reader's own."""
    return [spoken_language_name(code) for code in codes]
