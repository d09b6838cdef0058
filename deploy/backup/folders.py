"""The folder that backups are written to: names, a lock, room, and how many are kept."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from . import manifest
from .errors import BackupError

_NAME = re.compile(r"website-\d{8}T\d{6}Z")
_UNFINISHED = ".unfinished-"
# Room for what the site writes while it is copied.
_MARGIN = 1.05


def moment(time: datetime) -> str:
    """Return a time in UTC as it stands in names, which sort by it."""
    return time.strftime("%Y%m%dT%H%M%SZ")


def megabytes(number: int) -> str:
    """Return a number of bytes as a person reads it, rounded up."""
    return f"{-(-number // 1_000_000):,} MB"


def is_backup(folder: Path) -> bool:
    return bool(_NAME.fullmatch(folder.name)) and (folder / manifest.NAME).is_file()


def make_private_folder(folder: Path) -> None:
    """Make the folder if it is missing, for its owner alone. Raise BackupError if the one above it is missing too, as
    where a disk is not mounted.
    """
    if not folder.parent.is_dir():
        raise BackupError(f"{folder.parent} is no folder. Is the disk mounted?")
    folder.mkdir(mode=0o700, exist_ok=True)


def require_room(folder: Path, needed: int) -> None:
    """Raise BackupError if the disk of a folder has less room than `needed` bytes and a margin."""
    needed, free = int(needed * _MARGIN), shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(f"There is no room in {folder}: {megabytes(needed)} are needed, {megabytes(free)} are free.")


@contextmanager
def alone_in(target: Path) -> Iterator[None]:
    """Hold the folder's lock, and delete what backups that were killed have left. Raise BackupError if another backup
    is being written there.
    """
    with (target / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("Another backup is being written to this folder.") from None
        except OSError as error:
            raise BackupError(f"The folder takes no lock ({error.strerror}). Write to another, and copy it.") from None
        for left in target.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        yield


@contextmanager
def whole_folder(target: Path, made_at: datetime) -> Iterator[Path]:
    """Yield a folder to write into, which gets its name only when it is whole and on the disk; else it is deleted."""
    final = target / f"website-{moment(made_at)}"
    if final.exists():
        raise BackupError(f"{final.name} exists already.")
    folder = target / f"{_UNFINISHED}{final.name}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
        for file in folder.iterdir():
            file.chmod(0o600)
            _to_disk(file)
        _to_disk(folder)
        folder.rename(final)
        _to_disk(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def forget_older(target: Path, keep: int) -> list[str]:
    """Delete all backups but the latest `keep`; return the names of those that were deleted."""
    older = sorted(entry for entry in target.iterdir() if is_backup(entry))[:-keep]
    for folder in older:
        # One that is half deleted must not be taken for a backup.
        shutil.rmtree(folder.rename(target / f"{_UNFINISHED}{folder.name}"))
    return [folder.name for folder in older]


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
