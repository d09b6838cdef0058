"""Write superscript and subscript text without markup, with the characters that Unicode has for it."""

from __future__ import annotations

_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)) | {"−": "⁻"}
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)) | {"−": "₋"}


def raised(text: str) -> str:
    """Return superscript text ("²" for "2", as in km²); the text itself if Unicode lacks one of its characters."""
    return _in(_RAISED, text)


def lowered(text: str) -> str:
    """Return subscript text ("₂" for "2", as in H₂O); the text itself if Unicode lacks one of its characters."""
    return _in(_LOWERED, text)


def _in(characters: dict[str, str], text: str) -> str:
    return "".join(characters[each] for each in text) if all(each in characters for each in text) else text
