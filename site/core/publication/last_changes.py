"""When the content of a page last changed; publishing the same content again is not a change. Apps that keep these
times register a source here, because imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

# Returns the times of contents, by content and language.
Source = Callable[[Iterable[UUID]], dict[tuple[UUID, str], datetime | None]]

sources: list[Source] = []


def with_last_changes(pages: Iterable[Any]) -> list[Any]:
    """Return these pages, each with that time as its `changed_at`, or without one the time of its last publication."""
    pages = list(pages)
    times: dict[tuple[UUID, str], datetime | None] = {}
    for source in sources:
        times |= source({page.translation_key for page in pages})
    for page in pages:
        page.changed_at = times.get((page.translation_key, page.locale.language_code), page.last_published_at)
    return pages
