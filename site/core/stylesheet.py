"""The one style sheet that readers get: the files of static/css/site, one after the other, without comments and spaces,
in words that older engines know.

A finder of Django's, so that the development server, WhiteNoise and `collectstatic` (which gives it its hashed name)
all get it without a step of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from core import older_engines

NAME = "css/site.css"
SOURCES = Path("css/site")
MAKERS = (Path(__file__), Path(older_engines.__file__))
# Of rules that weigh the same, the later wins: what components build on comes before them, what overrules them after.
FIRST = ("tokens", "base", "layout")
LAST = ("utilities", "without-gap", "print")


def source_files() -> list[Path]:
    """The files of the style sheet, in its order: components by name."""
    order = {name: place for place, name in enumerate((*FIRST, None, *LAST))}
    return sorted(_folder().glob("*.css"), key=lambda path: (order.get(path.stem, order[None]), path.name))


def _folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0]) / SOURCES


def compressed(css: str) -> str:
    """The same style sheet without comments and without spaces that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r"(?<=[{;])([\w-]+):\s+", r"\1:", css).replace(";}", "}").strip()


def style_sheet() -> str:
    """All of it, as it is sent."""
    return older_engines.for_older_engines(
        compressed("\n".join(path.read_text(encoding="utf-8") for path in source_files()))
    )


class StyleSheetFinder(BaseFinder):
    """Finds css/site.css, written anew into the data folder whenever its sources, or what joins them, are newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.STYLE_SHEET_FOLDER)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the style sheet is on disk, or a list of that; nothing for any other name."""
        found = str(self._written()) if path == NAME else ""
        return [found] if find_all and found else found or []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._written()
        yield NAME, self.storage

    def _written(self) -> Path:
        target = Path(self.storage.path(NAME))
        newest = max(path.stat().st_mtime for path in [*source_files(), _folder(), *MAKERS])
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(f".{id(self)}.part")
            part.write_text(style_sheet(), encoding="utf-8")
            part.replace(target)
        return target
