"""Find which files are public now: those that something public shows. Apps register what they show."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Part(StrEnum):
    """What can be shown: a picture in any size, the picture's original, a document."""

    PICTURE = "image"
    ORIGINAL = "original"
    DOCUMENT = "document"


# Returns whether something that the public may see at this moment shows this part of the picture or document with this
# number. Each is one indexed look-up, the same for every visitor.
Shows = Callable[[Part, int], bool]

showing: list[Shows] = []


def is_shown(part: Part, number: int) -> bool:
    return any(shows(part, number) for shows in showing)
