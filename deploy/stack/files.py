"""Make files and folders as they should be, and say so only where they were not."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from deploy.engines.process import Account


def say(message: str) -> None:
    print(message, flush=True)


def put(path: Path, text: str, mode: int = 0o600) -> bool:
    """Write a file, at once and with its mode, unless it is so already; return whether it was not."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return _set(path, mode, None)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        _set(Path(name), mode, None)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    say(f"Written: {path}")
    return True


def make_folder(path: Path, mode: int = 0o755, owner: Account | None = None) -> None:
    """Make a folder with those above it, which everybody may enter."""
    for missing in reversed([folder for folder in path.parents if not folder.exists()]):
        missing.mkdir()
        missing.chmod(0o755)
    path.mkdir(exist_ok=True)
    _set(path, mode, owner)


def link(path: Path, target: Path) -> None:
    """Let a link lead to a target, in one step."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(path)


def remove(folder: Path) -> None:
    shutil.rmtree(folder)
    say(f"Removed: {folder}")


def _set(path: Path, mode: int, owner: Account | None) -> bool:
    """Give a path its mode and, where it is named, its owner; return whether it had another."""
    before = path.stat()
    if owner and (before.st_uid, before.st_gid) != (owner.uid, owner.gid):
        os.chown(path, owner.uid, owner.gid)
    elif before.st_mode & 0o7777 == mode:
        return False
    path.chmod(mode)
    return True
