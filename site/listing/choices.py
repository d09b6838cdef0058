"""The values of facets and the dates that a list of documents can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# The value of a facet that means "no value".
NONE = "_none"


@dataclass(frozen=True)
class Choice:
    """The values that a document may have in one facet: any of `wanted` or, with `missing`, no value at all (with
    neither, anything), and none of `rejected`.
    """

    wanted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    missing: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted or self.rejected or self.missing)


@dataclass(frozen=True)
class Span:
    """The moments from `start` (inclusive) to `end` (exclusive); None means unbounded. A document without the date is
    only in the span that has neither bound.
    """

    start: datetime | None = None
    end: datetime | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None
