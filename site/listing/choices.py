"""What may stand in the facets and dates of documents that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# The value of a facet that stands for having none.
NONE = "_none"


@dataclass(frozen=True)
class Choice:
    """What may stand in one facet of a document: any of `wanted`, or, with `missing`, no value at all (with neither,
    anything); and none of `rejected`.
    """

    wanted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    missing: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted or self.rejected or self.missing)


@dataclass(frozen=True)
class Span:
    """Moments from `start` on, and before `end`; None: without end. A document without the date is in no span but the
    one without ends.
    """

    start: datetime | None = None
    end: datetime | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None
