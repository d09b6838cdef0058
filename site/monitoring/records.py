"""What the commands that back up and restore tell the site: small files of JSON in DATA_FOLDER."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

# {"finished_at": time in UTC (ISO 8601), "name": of its folder, "size": in bytes}; written when a backup is whole.
LAST_BACKUP = "last-backup.json"
# {"finished_at": as above, "made_at": when the backup was made, "change_feed_epoch": of the restored site}
LAST_RESTORE = "last-restore.json"


def recorded(name: str) -> dict[str, Any]:
    """Return a record; empty if there is none."""
    try:
        known = json.loads((Path(settings.DATA_FOLDER) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
