"""Normalise identifiers of publications, so that they can be compared however they are written."""

from __future__ import annotations

import re
from urllib.parse import unquote

from stdnum import isbn

_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def normal_doi(text: str) -> str:
    """Return a DOI name without an address or `doi:` before it, in lower case: case is not significant (ISO 26324)."""
    text = text.strip()
    name = _BEFORE_DOI.sub("", text)
    return (unquote(name) if name != text else name).lower()


def normal_isbn(text: str) -> str:
    """Return the thirteen digits of an ISBN-10 or ISBN-13, with or without hyphens; empty if it is not valid (ISO
    2108).
    """
    return str(isbn.to_isbn13(isbn.compact(text))) if isbn.is_valid(text) else ""
