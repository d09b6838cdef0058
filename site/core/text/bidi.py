"""Keep text of the other direction in its own order (UAX 9;
https://www.w3.org/International/articles/inline-bidi-markup/).

In an Arabic paragraph an ISBN, a telephone number or an address would be shown scrambled. `isolate` isolates values
that are inserted from elsewhere; those that an author wrote into running text are recognised by their form. Ranges of
years are left alone: in Arabic prose they read from right to left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.languages.declared import RIGHT_TO_LEFT, direction, languages_written_in, reader_language
from core.languages.language import TextIn

# BCP 47: an unknown language in Arabic script.
UNKNOWN_ARABIC = "und-Arab"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

_FILE_TYPES = "csv|docx?|geojson|jpe?g|json|od[st]|pdf|png|pptx?|rtf|txt|xlsx?|xml|zip"
# Forms that are left to right whatever surrounds them; a longer form comes before a shorter one.
_FORMS = {
    "address": r"(?:https?://|www\.)[^\s<>\"'«»،؛]*[^\s<>\"'«»،؛.,;:!?؟)\]]",
    "e-mail": r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    "DOI": r"\b10\.\d{4,9}/[^\s<>\"'«»،؛]*[\w]",
    "ISBN": r"\b97[89](?:[ -]?\d){9}[ -]?[\dX]\b",
    "ISSN": r"(?<=ISSN )\d{4}-\d{3}[\dX]\b|\b(?!(?:1[5-9]|2[01])\d\d-(?:1[5-9]|2[01])\d\d\b)\d{4}-\d{3}[\dX]\b",
    "telephone": r"(?<![\w+])(?:\+|00)\d(?:[ ().-]{0,2}\d){6,14}\b|\b0\d{1,3}[ -]\d{3,4}[ -]\d{3,5}\b",
    "file": rf"\b[A-Za-z0-9][\w.-]*\.(?:{_FILE_TYPES})\b",
    "code": r"\b[A-Z]{1,6}(?:[/-][A-Z0-9]+)*[/-]\d[\dA-Z/-]*\b",
    "name with brackets": r"\b[A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)* \([A-Za-z]+\)",
}
_LEFT_TO_RIGHT = re.compile("|".join(_FORMS.values()), re.ASCII)
_RIGHT_TO_LEFT_PART = re.compile("[^/?&=#]*[\u0590-\u08ff][^/?&=#]*")
_TAG = re.compile(r"(<[^>]*>)")
# The content of these elements is left unchanged.
_LEFT_ALONE = frozenset({"bdi", "code", "pre", "script", "style", "textarea"})


def runs_from_right_to_left(text: str) -> bool:
    """Return whether the text contains an Arabic or Hebrew letter."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def isolate_where_needed(value: object) -> str:
    """Isolate a value only if the reader or the text itself needs it. Left-to-right text among left-to-right text needs
    nothing, and gets no character that nobody wrote.
    """
    text = str(value)
    return isolate(text) if reader_language() in RIGHT_TO_LEFT or runs_from_right_to_left(text) else text


def in_its_script(value: object) -> SafeString:
    """Return a name or credit, which is the same in every language, marked if its script is not that of the page."""
    if isinstance(value, TextIn):
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', value.language, direction(value.language), str(value))
    text, reader = str(value), reader_language()
    arabic = language_of_script(text)
    if not any(map(str.isalpha, text)) or bool(arabic) == (reader in RIGHT_TO_LEFT):
        return format_html("<bdi>{}</bdi>", text)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', arabic or "und-Latn", "rtl" if arabic else "ltr", text)


def language_of_script(text: str) -> str:
    """Return the language that text whose letters run from right to left is marked with: the only one of the site that
    is written so, otherwise an unknown one. The empty string if most letters run from left to right.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if sum(map(runs_from_right_to_left, letters)) * 2 <= len(letters):
        return ""
    languages = languages_written_in("Arab")
    return languages[0] if len(languages) == 1 else UNKNOWN_ARABIC


def isolate(value: object) -> str:
    """Return a value to be inserted in plain text, isolated from the direction of the text around it (FSI…PDI)."""
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"


def isolated_text(text: str) -> str:
    """Isolate what runs from left to right in running plain text; for feeds, mail and JSON."""
    return _LEFT_TO_RIGHT.sub(lambda found: isolate(_plain_address(found[0])), text)


def isolated_html(html: str) -> str:
    """Isolate what runs from left to right in HTML with elements, so that copied text contains no extra character."""
    kept: list[str] = []
    inside: list[str] = []
    for part in _TAG.split(html):
        if part.startswith("<"):
            _follow(part, inside)
        kept.append(part if inside or part.startswith("<") else _LEFT_TO_RIGHT.sub(_element, part))
    return "".join(kept)


def for_reader(value: object) -> SafeString:
    """Return text or HTML as the page shows it: isolated if the reader's language runs from right to left."""
    html = conditional_escape(str(value))
    shown: Callable[[str], str] = isolated_html if reader_language() in RIGHT_TO_LEFT else str
    return mark_safe(shown(html))  # noqa: S308 - escaped above


def text_for_reader(value: object) -> str:
    """Return plain text, isolated if the reader's language runs from right to left; for mail and its subject."""
    return isolated_text(str(value)) if reader_language() in RIGHT_TO_LEFT else str(value)


def _element(found: re.Match[str]) -> str:
    """Isolate each Arabic part of an address in its own order; as one run the last part would come before the first."""
    shown = found[0]
    if runs_from_right_to_left(shown):
        shown = _RIGHT_TO_LEFT_PART.sub(lambda part: f"<bdi>{part[0]}</bdi>", shown)
    return f'<bdi dir="ltr">{shown}</bdi>'


def _plain_address(found: str) -> str:
    """Return an address that contains Arabic in its percent-encoded form (RFC 3987, 3.1): nothing else keeps its parts
    in order.
    """
    return iri_to_uri(found) if runs_from_right_to_left(found) else found


def _follow(tag: str, inside: list[str]) -> None:
    """Record which of the elements whose content is left alone are open."""
    name = tag.strip("</>").split(maxsplit=1)[0].lower() if tag.strip("</>") else ""
    if name not in _LEFT_ALONE:
        return
    if tag.startswith("</"):
        if inside and inside[-1] == name:
            inside.pop()
    else:
        inside.append(name)
