"""Which files the press room shows in addition to those of its pages."""

from __future__ import annotations

from core.files.public_files import Part
from core.languages.versions import public_pages

from .page import PressRoomPage
from .spokesperson import Spokesperson


def spokespeople_show(part: Part, number: int) -> bool:
    """Return whether this is the portrait of somebody listed in a press room that the public may read."""
    if part is not Part.PICTURE or not Spokesperson.objects.filter(is_listed=True, picture=number).exists():
        return False
    return bool(public_pages(PressRoomPage.objects.all()).exists())
