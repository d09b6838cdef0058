"""The style sheet that readers get: the files of static/css/site, one after the other, without comments and spaces, in
words that older engines know. What only paper needs is a second one, for which no screen waits.

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
PRINTED = "css/print.css"
SOURCES = Path("css/site")
MAKERS = (Path(__file__), Path(older_engines.__file__))
# Of rules that weigh the same, the later wins: what components build on comes before them, what overrules them after.
FIRST = ("tokens", "base", "layout")
LAST = ("utilities", "without-gap", "forced-colors")


def source_files(name: str = NAME) -> list[Path]:
    """The files of a style sheet, in its order: components by name."""
    order = {stem: place for place, stem in enumerate((*FIRST, None, *LAST))}
    files = [path for path in _folder().glob("*.css") if (path.stem == "print") == (name == PRINTED)]
    return sorted(files, key=lambda path: (order.get(path.stem, order[None]), path.name))


def _folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0]) / SOURCES


def compressed(css: str) -> str:
    """The same style sheet without comments and without spaces that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    return re.sub(r"(?<=[{;])([\w-]+):\s+", r"\1:", css).replace(";}", "}").strip()


def style_sheet(name: str = NAME) -> str:
    """All of one, as it is sent."""
    return older_engines.for_older_engines(
        compressed("\n".join(path.read_text(encoding="utf-8") for path in source_files(name)))
    )


class StyleSheetFinder(BaseFinder):
    """Finds the style sheets. Each is written into the data folder when its sources, or what joins them, are newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.STYLE_SHEET_FOLDER)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where a style sheet is on disk, or a list of that; nothing for any other name."""
        found = str(self._written(path)) if path in (NAME, PRINTED) else ""
        return [found] if find_all and found else found or []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in (NAME, PRINTED):
            self._written(name)
            yield name, self.storage

    def _written(self, name: str) -> Path:
        target = Path(self.storage.path(name))
        newest = max(path.stat().st_mtime for path in [*source_files(name), _folder(), *MAKERS])
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(f".{id(self)}.part")
            part.write_text(style_sheet(name), encoding="utf-8")
            part.replace(target)
        return target
