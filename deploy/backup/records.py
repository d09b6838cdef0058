"""What the site can tell of its backups: a small file of JSON in DATA_FOLDER for the latest backup, one for the latest
restore.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from .errors import BackupError

# {"finished_at": time in UTC (ISO 8601), "name": of its folder, "size": in bytes}; written when a backup is whole.
LAST_BACKUP = "last-backup.json"
# {"finished_at": as above, "made_at": when the backup was made, "change_feed_epoch": of the restored site}
LAST_RESTORE = "last-restore.json"


def record(name: str, known: dict[str, Any]) -> None:
    """Replace a record, readable by the web server's account as well. Raise BackupError if that fails."""
    path = Path(settings.DATA_FOLDER) / name
    new = path.with_name(f"{name}.new")
    try:
        new.write_text(json.dumps(known) + "\n", encoding="utf-8")
        new.chmod(0o644)
        os.replace(new, path)
    except OSError as error:
        raise BackupError(f"All was done, but DATA_FOLDER/{name} could not be written: {error.strerror}.") from error


def recorded(name: str) -> dict[str, Any]:
    """Return a record; empty if there is none."""
    try:
        known = json.loads((Path(settings.DATA_FOLDER) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
