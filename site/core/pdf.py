"""What a reader wants to know of a PDF file before fetching it."""

from __future__ import annotations

from typing import IO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# What pypdf lets through of a damaged file, beside its own errors.
_DAMAGED = (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def page_count(file: IO[bytes]) -> int | None:
    """How many pages a PDF file has. None of another kind of file, of a damaged one, and of one with a password."""
    try:
        return len(PdfReader(file).pages) or None
    except _DAMAGED:
        return None
