"""Write what the site can tell of its backups (monitoring.records)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from .errors import BackupError


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
