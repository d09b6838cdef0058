"""Store uploaded files, and recognise errors that mean there is no room for them."""

from __future__ import annotations

import errno
from typing import Any

from django.core.files.storage import FileSystemStorage

# The disk is full, its quota is used up, it is read-only, or its device fails.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class WholeFileStorage(FileSystemStorage):
    """Stores files on disk, and leaves none behind that could not be written completely."""

    def _save(self, name: str, content: Any) -> str:
        is_new = not self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError:
            if is_new:
                self.delete(name)
            raise


def is_out_of_room(error: OSError) -> bool:
    """Return whether a file could not be written because of the disk, not because of the file."""
    return error.errno in _NO_ROOM or isinstance(error, PermissionError)
