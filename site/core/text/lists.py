"""Several texts as one."""

from __future__ import annotations

from core.languages.declared import reader


def listed(texts: list[str]) -> str:
    """Join texts with the comma of the reader's language."""
    return reader().comma.join(texts)
