"""Pydantic's findings in words that say what to do."""

from __future__ import annotations

from typing import Any


def explain(detail: Any) -> str:
    """One sentence for one of `ValidationError.errors()`."""
    place = ".".join(str(part) for part in detail["loc"] if not isinstance(part, int)) or "it"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"“{place}” is missing; add it"
        case "extra_forbidden":
            return f"“{place}” is not known here; correct its spelling or take it out"
        case "string_too_long":
            return f"“{place}” is longer than {context['max_length']} characters; shorten it"
        case "string_too_short":
            return f"“{place}” is empty; write it"
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return f"“{place}” is not a date; write it as 2026-03-14"
        case "datetime_parsing" | "datetime_type" | "datetime_from_date_parsing":
            return f"“{place}” is not a date and time; write it as 2026-03-14T09:00"
        case "value_error":
            return f"“{place}”: {context['error']}"
        case _:
            return f"“{place}”: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
