"""When the content of a page last changed; publishing the same content again is not a change. Apps that keep these
times register a source here, because imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

# The times of contents, given as a query of their ids, by content and language.
Times = dict[tuple[UUID, str], datetime | None]
Source = Callable[[QuerySet[Any]], Times]

sources: list[Source] = []


def last_changes(contents: QuerySet[Any]) -> Times:
    """Return when each page of these contents, given as a query of their ids, last changed. Pages without a time are
    left out.
    """
    times: Times = {}
    for source in sources:
        times |= source(contents)
    return times
