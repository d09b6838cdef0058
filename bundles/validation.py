"""Turn Pydantic's errors into sentences that say what to do."""

from __future__ import annotations

from typing import Any

_SENTENCES = {
    "missing": "“{place}” is missing; add it",
    "extra_forbidden": "“{place}” is not known here; correct its spelling or take it out",
    "string_too_long": "“{place}” is longer than {max_length} characters; shorten it",
    "string_too_short": "“{place}” is empty; write it",
    "value_error": "“{place}”: {error}",
}
_NOT_A_DATE = "“{place}” is not a date; write it as 2026-03-14"
_NOT_A_MOMENT = "“{place}” is not a date and time; write it as 2026-03-14T09:00"


def explain(detail: Any) -> str:
    """Return one sentence for one of `ValidationError.errors()`."""
    place = ".".join(str(part) for part in detail["loc"] if not isinstance(part, int)) or "it"
    kind = detail["type"]
    if kind.startswith("date_"):
        sentence = _NOT_A_DATE
    elif kind.startswith("datetime_"):
        sentence = _NOT_A_MOMENT
    elif kind in _SENTENCES:
        sentence = _SENTENCES[kind]
    else:
        return f"“{place}”: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return sentence.format(place=place, **detail.get("ctx", {}))
