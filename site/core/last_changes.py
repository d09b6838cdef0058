"""When what a page says last changed; to publish the same again is no change. Who keeps these times registers itself
here, since imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

# The times of contents, by content and language.
Source = Callable[[Iterable[UUID]], dict[tuple[UUID, str], datetime | None]]

sources: list[Source] = []


def with_last_changes(pages: Iterable[Any]) -> list[Any]:
    """These pages, each with the time as its `changed_at`; of a page without one, when it was last published."""
    pages = list(pages)
    times: dict[tuple[UUID, str], datetime | None] = {}
    for source in sources:
        times |= source({page.translation_key for page in pages})
    for page in pages:
        page.changed_at = times.get((page.translation_key, page.locale.language_code), page.last_published_at)
    return pages
