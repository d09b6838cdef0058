"""What a reader wants to know of a PDF file before fetching it."""

from __future__ import annotations

from typing import IO

from core.document_contents import look_into


def page_count(file: IO[bytes]) -> int | None:
    """How many pages a PDF file has. None of another kind of file, of a damaged one, and of one with a password."""
    pages: int | None = look_into(file, "pdf")["pages"]
    return pages
