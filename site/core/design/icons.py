"""The icons of the areas of work. A topic's icon is found by its code: templates/icons/areas/<code>.html."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.template import engines

FOLDER = "icons/areas"


@cache
def drawn_icons() -> frozenset[str]:
    """Return the codes of the topics that have an icon."""
    return frozenset(path.stem for path in (Path(engines["django"].dirs[0]) / FOLDER).glob("*.html"))


def icon_template(codes: Iterable[str]) -> str | None:
    """Return the template of the icon for the first of these topic codes that has one."""
    return next((f"{FOLDER}/{code}.html" for code in codes if code in drawn_icons()), None)
