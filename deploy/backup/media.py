"""The uploaded files as one tar archive, made while the site runs.

Files are archived before the database is dumped, and what is new once more after it: so a row of the dump has its
file, whether somebody deletes or uploads meanwhile (decision 37).
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from .errors import BackupError

PART = "media.tar"
# Pictures for social networks: no row names them, and each is drawn again when it is asked for.
_MADE_AGAIN = frozenset({"social"})


class Archive:
    """Writes the archive while its context is open."""

    def __init__(self, path: Path) -> None:
        self._tar = tarfile.open(path, "w", format=tarfile.PAX_FORMAT, dereference=True)  # noqa: SIM115 -- see __exit__
        self._known: dict[str, tuple[int, int, int]] = {}

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tar.close()

    def add_new_files(self) -> int:
        """Archive every file that is not in the archive as it is now; return how many. A later copy replaces an earlier
        one.
        """
        added = 0
        for name, path in stored_files():
            try:
                added += self._add(name, path)
            except FileNotFoundError:
                continue  # Deleted since the folder was listed.
            except PermissionError as error:
                raise BackupError(f"A file in {Path(name).parent} of the uploaded files cannot be read.") from error
        return added

    def _add(self, name: str, path: Path) -> bool:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            seen = (state.st_ino, state.st_size, state.st_mtime_ns)
            if self._known.get(name) == seen:
                return False
            entry = self._tar.gettarinfo(arcname=name, fileobj=file)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            self._tar.addfile(entry, file)
            self._known[name] = seen
        return True


def stored_files() -> Iterator[tuple[str, Path]]:
    """Yield the path below MEDIA_ROOT and the path of each uploaded file. Raise BackupError for a link to a folder,
    whose files would be left out.
    """
    root = Path(settings.MEDIA_ROOT)
    for folder, below, files in os.walk(root, onerror=_refuse) if root.exists() else ():
        here = Path(folder)
        below[:] = sorted(name for name in below if here != root or name not in _MADE_AGAIN)
        linked = [name for name in below if (here / name).is_symlink()]
        if linked:
            raise BackupError(f"{linked[0]} in the uploaded files is a link to a folder. Mount it there instead.")
        for name in sorted(files):
            yield str((here / name).relative_to(root)), here / name


def size() -> int:
    """Return how many bytes the archive will need, its headers included."""
    return sum(path.stat().st_size + 2048 for _name, path in stored_files() if path.exists())


def unpack(archive: Path) -> int:
    """Write the files of an archive to MEDIA_ROOT; return how many. Raise BackupError if one cannot be written."""
    try:
        with tarfile.open(archive) as tar:
            return len({_unpack(tar, entry, Path(settings.MEDIA_ROOT)) for entry in tar})
    except OSError as error:
        raise BackupError(f"The uploaded files could not be written: {error.strerror}.") from error


def _unpack(tar: tarfile.TarFile, entry: tarfile.TarInfo, root: Path) -> str:
    path = root / entry.name
    content = tar.extractfile(entry) if entry.isreg() else None
    if content is None or not path.resolve().is_relative_to(root.resolve()):
        raise BackupError(f"{PART} holds something other than files of the site. Nothing was restored.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("wb") as file:
        shutil.copyfileobj(content, file)
    if settings.FILE_UPLOAD_PERMISSIONS is not None:
        path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    os.utime(path, (entry.mtime, entry.mtime))
    return entry.name


def empty() -> None:
    """Delete everything in MEDIA_ROOT, but not the folder itself, which may be mounted."""
    for entry in Path(settings.MEDIA_ROOT).iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def named_files() -> Iterator[tuple[str, bool]]:
    """Yield each row that names a file, as `core.ContentImage.file of 12`, and whether the file is there."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                rows = model._base_manager.values_list("pk", field.name).iterator()
                for key, name in rows:
                    if name:
                        yield f"{model._meta.label}.{field.name} of {key}", field.storage.exists(name)


def _refuse(error: OSError) -> None:
    raise BackupError(f"The folder of uploaded files cannot be read: {error.strerror}.") from error
