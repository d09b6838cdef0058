"""Build the style sheet that readers get: the files of static/css/site joined, without comments and spaces, in
properties that older engines know. Rules for paper only are in a second one, which no screen waits for.

It is a Django staticfiles finder, so that the development server, WhiteNoise and `collectstatic` (which gives it its
hashed name) all get it without a separate step.
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

from core.design import older_engines
from core.languages.declared import languages_written_in

NAME = "css/site.css"
PRINTED = "css/print.css"
SOURCES = Path("css/site")
MAKERS = (
    Path(__file__),
    Path(older_engines.__file__),
    Path(__file__).parents[2] / "config" / "settings" / "languages.py",
)
# Of rules with the same specificity, the later wins: what components build on comes first, what overrides them last.
FIRST = ("tokens", "base", "layout")
LAST = ("utilities", "without-gap", "forced-colors")


def source_files(name: str = NAME) -> list[Path]:
    """Return the files of a style sheet in order: components by name."""
    order = {stem: place for place, stem in enumerate((*FIRST, None, *LAST))}
    files = [path for path in _folder().glob("*.css") if (path.stem == "print") == (name == PRINTED)]
    return sorted(files, key=lambda path: (order.get(path.stem, order[None]), path.name))


def _folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0]) / SOURCES


def for_scripts(css: str) -> str:
    """Return the style sheet with the languages of each script (ISO 15924) in place of :lang(Arab), :lang(Latn)."""

    def languages(found: re.Match[str]) -> str:
        codes = languages_written_in(found[1])
        if len(codes) == 1:
            return f":lang({codes[0]})"
        # Text whose language nobody knows is written in it too (core.bidi).
        unknown = [f"und-{found[1]}"] if found[1] == "Arab" else []
        return f":is({', '.join(f':lang({code})' for code in (*codes, *unknown))})"

    return re.sub(r":lang\(([A-Z][a-z]{3})\)", languages, css)


def compressed(css: str) -> str:
    """Return the style sheet without comments and without insignificant spaces."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*|(?<=\()\s+|\s+(?=\))", r"\1", css)
    return re.sub(r"(?<=[{;])([\w-]+):\s+", r"\1:", css).replace(";}", "}").strip()


def style_sheet(name: str = NAME) -> str:
    """Return a whole style sheet as it is sent."""
    return older_engines.for_older_engines(
        compressed(for_scripts("\n".join(path.read_text(encoding="utf-8") for path in source_files(name))))
    )


class StyleSheetFinder(BaseFinder):
    """Finds the style sheets. Each is written into the data folder if its sources, or the code that joins them, are
    newer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.STYLE_SHEET_FOLDER)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path of a style sheet on disk, or a list with it; empty for any other name."""
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
