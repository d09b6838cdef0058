"""The icons of the areas of work. One is drawn for a topic by the topic's code: templates/icons/areas/<code>.html."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.template import engines

FOLDER = "icons/areas"


@cache
def drawn_icons() -> frozenset[str]:
    """The codes of the topics that have an icon."""
    return frozenset(path.stem for path in (Path(engines["django"].dirs[0]) / FOLDER).glob("*.html"))


def icon_template(codes: Iterable[str]) -> str | None:
    """The template of the icon for what is about the topics of these codes: of the first that has one."""
    return next((f"{FOLDER}/{code}.html" for code in codes if code in drawn_icons()), None)
