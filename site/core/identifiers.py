"""Identifiers of publications in the one form by which they are compared, however they are written."""

from __future__ import annotations

import re
from urllib.parse import unquote

from stdnum import isbn

_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def normal_doi(text: str) -> str:
    """A DOI name without an address or `doi:` before it, in small letters: case says nothing (ISO 26324)."""
    text = text.strip()
    name = _BEFORE_DOI.sub("", text)
    return (unquote(name) if name != text else name).lower()


def normal_isbn(text: str) -> str:
    """The thirteen digits of an ISBN-10 or ISBN-13, with hyphens or without; empty where it is none (ISO 2108)."""
    return str(isbn.to_isbn13(isbn.compact(text))) if isbn.is_valid(text) else ""
