"""Which files the public may have now: those that something public shows. Apps register what they show."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Part(StrEnum):
    """What can be shown: a picture in whatever size, the picture's original, a document."""

    PICTURE = "image"
    ORIGINAL = "original"
    DOCUMENT = "document"


# Whether something that the public may see at this moment shows this part of the picture or document with this number.
# Each is one look-up by index, and does not ask who is asking.
Shows = Callable[[Part, int], bool]

showing: list[Shows] = []


def is_shown(part: Part, number: int) -> bool:
    return any(shows(part, number) for shows in showing)
