"""Raised and lowered text where there is no markup: the characters that Unicode has for it."""

from __future__ import annotations

_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)) | {"−": "⁻"}
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)) | {"−": "₋"}


def raised(text: str) -> str:
    """km² for "2"; the text itself where Unicode lacks one of its characters."""
    return _in(_RAISED, text)


def lowered(text: str) -> str:
    """H₂O for "2"; the text itself where Unicode lacks one of its characters."""
    return _in(_LOWERED, text)


def _in(characters: dict[str, str], text: str) -> str:
    return "".join(characters[each] for each in text) if all(each in characters for each in text) else text
