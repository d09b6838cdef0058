"""Template filters for the people of the press room."""

from __future__ import annotations

from typing import Any

from django import template

from core.languages.declared import reader_language
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import Channel
from press.room.spokesperson import Spokesperson, spoken_language_name
from press.staffing.models.desk import Desk

register = template.Library()


@register.filter
def name_for_reader(named: Spokesperson | Desk) -> str:
    return named.name(reader_language())


@register.filter
def role_for_reader(person: Spokesperson) -> str:
    return person.role(reader_language())


@register.filter
def spoken_language_names(codes: list[str]) -> list[str]:
    """Return the names of languages in the reader's own."""
    return [spoken_language_name(code) for code in codes]


@register.filter
def channel_text(code: str) -> str:
    """Return the name of the channel by which something came or was said."""
    return str(Channel(code).label) if code in Channel.values else code


@register.filter
def corrections_text(detail: dict[str, Any]) -> str:
    """Return which fields of an inquiry were corrected, with their old and new values if they are nobody's secret."""
    values = detail.get("values", {})
    return "; ".join(_corrected(name, *values.get(name, ("", ""))) for name in detail["fields"])


def _corrected(name: str, before: str, after: str) -> str:
    label: Any = Inquiry._meta.get_field(name)
    return f"{label.verbose_name}: {before or '–'} → {after or '–'}" if before or after else str(label.verbose_name)
