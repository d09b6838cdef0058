"""The pages that all processes of a machine share, and that outlive a restart: one file each, in folders that lie in
one another as the addresses of the pages do.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from .entries import Entry
from .requests import path_of

logger = logging.getLogger(__name__)

# A page that nobody asked for in this time, in seconds, is no longer kept.
KEPT_FOR = 24 * 60 * 60
# How often a file is marked as asked for, and after how many new files the folder is looked through.
_MARKED_EVERY = 600
_SWEPT_EVERY = 512


class Disk:
    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._written = 0

    def get(self, key: str) -> Entry | None:
        """Return the page, if it was asked for in the last day."""
        path = self._path(key)
        try:
            asked_at = path.stat().st_mtime
            if time.time() - asked_at > KEPT_FOR + _MARKED_EVERY:
                return None
            entry = Entry.from_bytes(path.read_bytes())
            entry.marked_at = asked_at
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return entry if entry.key == key else None

    def put(self, entry: Entry) -> None:
        path = self._path(entry.key)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(entry.to_bytes())
            os.replace(file.name, path)
        except OSError as error:
            logger.warning("A page cannot be kept on disk: %s", error.strerror)
            return
        entry.marked_at = time.time()
        if self._written % _SWEPT_EVERY == 0:
            self.sweep()
        self._written += 1

    def mark(self, entry: Entry) -> None:
        """Note that somebody asked for the page."""
        now = time.time()
        if now - entry.marked_at > _MARKED_EVERY:
            entry.marked_at = now
            with suppress(OSError):
                os.utime(self._path(entry.key))

    def forget(self, key: str) -> None:
        with suppress(OSError):
            self._path(key).unlink()

    def forget_below(self, path: str) -> None:
        """Delete every copy of the page at this path, and of those below it."""
        shutil.rmtree(self._folder_of(path), ignore_errors=True)

    def sweep(self) -> None:
        """Delete what nobody asked for in a day, and what was asked for longest ago where there is too much."""
        found = []
        for folder, folders, files in os.walk(self._folder, topdown=False):
            for path in (Path(folder, name) for name in files):
                with suppress(OSError):
                    about = path.stat()
                    found.append((about.st_mtime, about.st_size, path))
            if not (folders or files):
                with suppress(OSError):
                    os.rmdir(folder)
        left, too_old = sum(size for _at, size, _path in found), time.time() - KEPT_FOR - _MARKED_EVERY
        for at, size, path in sorted(found):
            if at > too_old and left <= self._most:
                return
            left -= size
            with suppress(OSError):
                path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder_of(path_of(key)) / _digest(key)

    def _folder_of(self, path: str) -> Path:
        """Return the folder for the page at this path. Its names are hashes: addresses hold what file names cannot."""
        return self._folder.joinpath(*(_digest(segment)[:16] for segment in path.strip("/").split("/")))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def folder_of_pages() -> Disk:
    """Return the folder that all processes of the machine share."""
    return Disk(settings.DATA_FOLDER / "pages", settings.PAGE_CACHE_DISK_MEGABYTES * 1024 * 1024)
