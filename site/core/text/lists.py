"""Several texts as one."""

from __future__ import annotations

from core.languages import reader_language


def listed(texts: list[str]) -> str:
    """Join texts with the comma of the reader's language."""
    return ("، " if reader_language() == "ar" else ", ").join(texts)
