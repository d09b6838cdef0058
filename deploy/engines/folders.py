"""The folders of engines: in the repository if the server's account can reach it, otherwise in a temporary one."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.engines.errors import EngineError
from deploy.engines.process import Account, can_enter

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPORARY_FOLDER = Path("/var/tmp")  # noqa: S108 - survives a restart, open to every account; ownership is checked


def make_folder(folder: Path, owner: Account | None = None, mode: int = 0o755) -> Path:
    """Make a folder with this owner and mode, whatever the umask; a new owner also becomes that of its contents."""
    folder.mkdir(exist_ok=True)
    if owner and folder.stat().st_uid != owner.uid:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
    folder.chmod(mode)
    return folder


def make_temporary_folder(name: str) -> Path:
    """Make a lasting folder in the machine's temporary folder. Raise EngineError if it belongs to another user."""
    folder = TEMPORARY_FOLDER / name
    folder.mkdir(exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise EngineError(f"{folder} belongs to somebody else: remove it and start again.")
    return make_folder(folder)


def is_usable(folder: Path, account: Account | None) -> bool:
    """Return whether the folder exists or can be made here, and the server's account can reach it."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if account and not can_enter(existing, account):
        return False
    return folder.exists() or os.access(existing, os.W_OK)


def fallback_name() -> str:
    """Return a name for the temporary folder of this checkout, different from those of other checkouts."""
    return f"website-engines-{hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]}"


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Let only one script at a time work in a folder; the lock ends with the process that holds it."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def newest_first(pattern: str) -> list[Path]:
    """Return the folders that match an absolute pattern, those with the highest numbers in their paths first."""
    folders = Path("/").glob(pattern.removeprefix("/"))
    return sorted(folders, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)
