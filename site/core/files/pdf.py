"""Find what a reader wants to know about a PDF file before downloading it."""

from __future__ import annotations

from typing import IO

from core.files.contents import look_into


def page_count(file: IO[bytes]) -> int | None:
    """Return how many pages a PDF file has; None if it is of another kind, damaged or locked with a password."""
    pages: int | None = look_into(file, "pdf")["pages"]
    return pages
