"""What a page is made with besides the database: code, templates, catalogues and settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_BASE = Path(__file__).resolve().parents[2]
_FOLDERS = ("bundles", "home", "events", "news", "press", "research", "search", "site", "templates", "locale", "static")
_FILES = (".py", ".html", ".mo", ".css", ".js", ".svg", ".csv", ".txt", ".json", ".xml")


def fingerprint() -> str:
    """Return another text for each release and each configuration, so that copies of another one are made anew."""
    known = sha256(repr(sorted(settings.ENVIRONMENT.model_dump().items(), key=lambda item: item[0])).encode())
    known.update(settings.SECRET_KEY.encode())
    for line in _state_of_files(_BASE):
        known.update(line.encode())
    return known.hexdigest()[:16]


def _state_of_files(base: Path) -> Iterator[str]:
    yield from (f"{path} {path.stat().st_size}" for path in sorted((base / "requirements").glob("*.txt")))
    for name in _FOLDERS:
        for folder, folders, files in os.walk(base / name):
            folders.sort()
            for file in sorted(files):
                if file.endswith(_FILES):
                    about = os.stat(os.path.join(folder, file))
                    yield f"{folder}/{file} {about.st_size} {about.st_mtime_ns}"
