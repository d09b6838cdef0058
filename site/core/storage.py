"""Where uploaded files are stored, and what is said where there is no room for them."""

from __future__ import annotations

import errno
from typing import Any

from django.core.files.storage import FileSystemStorage

# The disk is full, its quota is used up, it may only be read, or its device fails.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class WholeFileStorage(FileSystemStorage):
    """Files on disk, of which none is left behind that could not be written to its end."""

    def _save(self, name: str, content: Any) -> str:
        is_new = not self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError:
            if is_new:
                self.delete(name)
            raise


def is_out_of_room(error: OSError) -> bool:
    """Whether a file could not be written because of the disk, whatever file it is."""
    return error.errno in _NO_ROOM or isinstance(error, PermissionError)
